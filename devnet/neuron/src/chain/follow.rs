//! Following a chain, whatever becomes of the connection.

use super::{Chain, ChainError, Head};
use crate::metagraph::Metagraph;
use assay_inference::H256;
use futures::FutureExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The first and the longest pause before another try to connect.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// How long a chain may make no block before the connection is tried anew.
const SILENCE: Duration = Duration::from_secs(60);

/// What is known of the chain now.
#[derive(Clone)]
pub struct View {
    /// The connection; none while there is none.
    pub chain: Option<Chain>,
    /// The head, or the last one known.
    pub head: Head,
    /// The subnet after that block.
    pub metagraph: Arc<Metagraph>,
}

/// A chain being followed. Ends when it is dropped.
pub struct Following {
    /// What is known, renewed with each block.
    pub view: watch::Receiver<View>,
    task: JoinHandle<()>,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What to follow.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The node's WebSocket.
    pub url: String,
    /// The subnet.
    pub netuid: u16,
    /// Whether weights are of interest.
    pub with_weights: bool,
}

/// Follows a chain from a first connection on. When that breaks another is made, sooner at first and later more seldom.
///
/// # Errors
/// The chain cannot be read.
pub async fn follow(chain: Chain, subject: Subject) -> Result<Following, ChainError> {
    let genesis = chain.genesis();
    let first = look(&chain, &subject).await?;
    let (sender, view) = watch::channel(first);
    let task = tokio::spawn(async move {
        let mut connection = Some(chain);
        let mut pause = PAUSES.0;
        loop {
            let tried = match connection.take() {
                Some(chain) => Ok(chain),
                None => Chain::connect(&subject.url).await.and_then(|chain| same(chain, genesis)),
            };
            let ended = match tried {
                Ok(chain) => track(&chain, &subject, &sender, &mut pause).await,
                Err(error) => error,
            };
            if sender.is_closed() {
                return;
            }
            sender.send_modify(|view| view.chain = None);
            tracing::warn!(chain = subject.url, problem = %ended, pause_ms = pause.as_millis(), "the chain is away");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(PAUSES.1);
        }
    });
    Ok(Following { view, task })
}

/// Tells of each new head until the connection breaks, and why it did.
async fn track(
    chain: &Chain,
    subject: &Subject,
    sender: &watch::Sender<View>,
    pause: &mut Duration,
) -> ChainError {
    let mut heads = match chain.heads().await {
        Ok(heads) => heads,
        Err(error) => return error,
    };
    loop {
        match look(chain, subject).await {
            Ok(view) => {
                *pause = PAUSES.0;
                if sender.send(view).is_err() {
                    return ChainError::Lost("nobody looks any more".to_owned());
                }
            }
            Err(error) => return error,
        }
        let mut next = tokio::time::timeout(SILENCE, heads.next()).await;
        // Of heads that came while the last one was looked at, only the newest matters.
        while let Ok(Some(Ok(_))) = next {
            match heads.next().now_or_never() {
                Some(newer) => next = Ok(newer),
                None => break,
            }
        }
        match next {
            // No block for a while is no reason to believe anything but that there was none.
            Ok(Some(Ok(_))) | Err(_) => {}
            Ok(Some(Err(error))) => return ChainError::Lost(error.to_string()),
            Ok(None) => return ChainError::Lost("the node has closed it".to_owned()),
        }
    }
}

async fn look(chain: &Chain, subject: &Subject) -> Result<View, ChainError> {
    let head = chain.head().await?;
    let metagraph = chain.metagraph(head, subject.netuid, subject.with_weights).await?;
    Ok(View { chain: Some(chain.clone()), head, metagraph: Arc::new(metagraph) })
}

fn same(chain: Chain, genesis: H256) -> Result<Chain, ChainError> {
    if chain.genesis() == genesis { Ok(chain) } else { Err(ChainError::OtherChain) }
}
