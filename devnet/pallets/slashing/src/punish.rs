//! What an offence costs (document SLASHING, "The slash").

use assay_economics::slashing::amounts::{divide, escalated};
use assay_primitives::interface::{Reward, SlashableStake};
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::sp_runtime::DispatchError;

use crate::evidence::Case;
use crate::{Bans, Config, Error, Event, Pallet, Reported, Strikes};

impl<T: Config> Pallet<T> {
    /// Slashes the offender of a case that was checked, rewards the reporter (a coldkey and the hotkey it names), counts the strike and bans after
    /// too many of them. Tells how many holders lost stake.
    pub(crate) fn punish(
        case: &Case,
        reporter: Option<(&T::AccountId, &T::AccountId)>,
    ) -> Result<u32, DispatchError> {
        let Case { netuid, hotkey, offence, base, terms, .. } = case;
        let netuid = *netuid;
        let strikes = Strikes::<T>::get(netuid, hotkey);
        let value = T::Stakes::whole_stake(netuid, hotkey);
        let earns = reporter.is_some_and(|(coldkey, _)| Self::may_earn(case, coldkey));
        let division = divide(value, escalated(*base, strikes), terms.reporter_share, earns);
        let reward = reporter.map(|(coldkey, hotkey)| Reward { coldkey, hotkey, amount: division.rewarded });
        let reward = reward.filter(|reward| reward.amount > 0);
        if let Some(reward) = &reward {
            let accepted = T::Stakes::takes_stake(netuid, reward.hotkey, reward.amount);
            ensure!(accepted, Error::<T>::RewardNotAccepted);
        }

        let holders = T::Stakes::slash(netuid, hotkey, division.slashed, reward)?;
        Self::cut_bonds(netuid, hotkey)?;
        Reported::<T>::insert(netuid, case.id(), Self::now());
        let strikes = strikes.saturating_add(1);
        Strikes::<T>::insert(netuid, hotkey, strikes);
        Self::tell(Event::Slashed {
            netuid,
            hotkey: hotkey.clone(),
            offence: *offence,
            slashed: division.slashed,
            rewarded: division.rewarded,
            burned: division.burned,
            reporter: reporter.map(|(coldkey, _)| coldkey.clone()),
            strikes,
        });
        if strikes >= u32::from(terms.max_strikes) {
            T::Stakes::deregister(netuid, hotkey);
            let until = Self::now().saturating_add(terms.ban);
            Bans::<T>::insert(netuid, hotkey, until);
            Self::tell(Event::Banned { netuid, hotkey: hotkey.clone(), until });
        }
        Ok(holders)
    }

    /// Whether the offence was punished before.
    pub(crate) fn is_reported(case: &Case) -> bool {
        Reported::<T>::contains_key(case.netuid, case.id())
    }

    /// Nobody earns from reporting itself: neither the owner nor a holder of the slashed stake.
    fn may_earn(case: &Case, coldkey: &T::AccountId) -> bool {
        !T::Stakes::owns_hotkey(coldkey, &case.hotkey)
            && T::Stakes::stake(case.netuid, &case.hotkey, coldkey) == 0
    }
}
