//! Chains to begin with.

use super::{Definition, Kind, Phrase};
use crate::world::{StepError, World};

/// The sentences.
pub const STEPS: &[Definition] = &[
    Definition {
        kind: Kind::Setting,
        pattern: "a {genesis} chain",
        meaning: "Begins with the genesis of that name in fixtures/genesis. `fresh` is the chain as subtensor starts it; \
              `dev` is the same with the rate limits that stop a test lifted: Alice has sudo, and Alice, Bob \
              and Charlie have 1,000,000 TAO each. `beacon` is `dev` with the key of the local beacon.",
        example: "Given a dev chain",
        run: |world, phrase| Box::pin(begin(world, phrase)),
    },
    Definition {
        kind: Kind::Setting,
        pattern: "the running chain",
        meaning: "Begins with the chain that stands behind the target `ws://…`, wherever it stands and whatever is on \
                  it; only what the scenario itself changes can be said of it. On other targets it is a dev chain.",
        example: "Given the running chain",
        run: |world, _| Box::pin(world.begin_running()),
    },
];

async fn begin(world: &mut World, phrase: Phrase<'_>) -> Result<(), StepError> {
    world.begin(phrase.text(0)).await
}
