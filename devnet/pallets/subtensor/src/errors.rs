//! Errors (section 12, 4). Their order is their number on the wire.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The error type; it becomes part of the pallet.
#[pallet_section]
mod error_section {
    /// Why a call failed.
    #[pallet::error]
    pub enum Error<T> {
        /// The root network does not exist.
        RootNetworkDoesNotExist,
        /// The IP type is neither 4 nor 6.
        InvalidIpType,
        /// The IP address is not valid for its type.
        InvalidIpAddress,
        /// The port is 0.
        InvalidPort,
        /// The hotkey is not registered on the subnet.
        HotKeyNotRegisteredInSubNet,
        /// The hotkey has no owner.
        HotKeyAccountNotExists,
        /// The hotkey is not registered on any subnet, or not on this one.
        HotKeyNotRegisteredInNetwork,
        /// The coldkey does not own the hotkey.
        NonAssociatedColdKey,
        /// There is not enough stake.
        NotEnoughStake,
        /// More is withdrawn than is staked.
        NotEnoughStakeToWithdraw,
        /// The stake weight is below the threshold for setting weights.
        NotEnoughStakeToSetWeights,
        /// The stake is below the threshold for setting children.
        NotEnoughStakeToSetChildkeys,
        /// The balance does not cover the amount.
        NotEnoughBalanceToStake,
        /// The balance could not be withdrawn.
        BalanceWithdrawalError,
        /// Nothing would be left after the withdrawal.
        ZeroBalanceAfterWithdrawn,
        /// The neuron may not validate.
        NeuronNoValidatorPermit,
        /// There are not as many weights as uids.
        WeightVecNotEqualSize,
        /// A uid is named twice.
        DuplicateUids,
        /// A uid does not exist.
        UidVecContainInvalidOne,
        /// There are fewer weights than the subnet asks for.
        WeightVecLengthIsLow,
        /// The block has its registrations.
        TooManyRegistrationsThisBlock,
        /// The hotkey is registered on the subnet.
        HotKeyAlreadyRegisteredInSubNet,
        /// Both hotkeys are the same.
        NewHotKeyIsSameWithOld,
        /// The new hotkey has root stake or root dividends.
        NewHotKeyNotCleanForRootSwap,
        /// The block of the work is not valid.
        InvalidWorkBlock,
        /// The work is not difficult enough.
        InvalidDifficulty,
        /// The seal does not match the work.
        InvalidSeal,
        /// A weight is above the limit.
        MaxWeightExceeded,
        /// The hotkey is a delegate.
        HotKeyAlreadyDelegate,
        /// Weights were set too recently.
        SettingWeightsTooFast,
        /// The version key is below the subnet's.
        IncorrectWeightVersionKey,
        /// The endpoint was announced too recently.
        ServingRateLimitExceeded,
        /// There are more weights than neurons.
        UidsLengthExceedUidsInSubNet,
        /// A subnet was registered too recently.
        NetworkTxRateLimitExceeded,
        /// The take was changed too recently.
        DelegateTxRateLimitExceeded,
        /// A hotkey was swapped too recently.
        HotKeySetTxRateLimitExceeded,
        /// Stake was changed too recently.
        StakingRateLimitExceeded,
        /// The subnet takes no registrations.
        SubNetRegistrationDisabled,
        /// The interval has its registrations.
        TooManyRegistrationsThisInterval,
        /// The signer is not the hotkey.
        TransactorAccountShouldBeHotKey,
        /// There is no faucet.
        FaucetDisabled,
        /// The signer does not own the subnet.
        NotSubnetOwner,
        /// The root network does not take part in this.
        RegistrationNotPermittedOnRootSubnet,
        /// The stake is too low for a seat on root.
        StakeTooLowForRoot,
        /// No subnet can be pruned.
        AllNetworksInImmunity,
        /// The balance does not cover the cost of the hotkey swap.
        NotEnoughBalanceToPaySwapHotKey,
        /// The subnet is not root.
        NotRootSubnet,
        /// Root takes no weights.
        CanNotSetRootNetworkWeights,
        /// There is no uid for the neuron.
        NoNeuronIdAvailable,
        /// The take is below the lower bound.
        DelegateTakeTooLow,
        /// The take is above the upper bound.
        DelegateTakeTooHigh,
        /// There is no such commit.
        NoWeightsCommitFound,
        /// The revealed weights do not match the commit.
        InvalidRevealCommitHashNotMatch,
        /// The subnet wants weights to be committed.
        CommitRevealEnabled,
        /// The subnet wants weights to be set.
        CommitRevealDisabled,
        /// Liquid alpha is off.
        LiquidAlphaDisabled,
        /// The upper alpha value is too low.
        AlphaHighTooLow,
        /// The lower alpha value is out of range.
        AlphaLowOutOfRange,
        /// The coldkey has staked already.
        ColdKeyAlreadyAssociated,
        /// The balance does not cover the cost of the coldkey swap.
        NotEnoughBalanceToPaySwapColdKey,
        /// A child is not valid.
        InvalidChild,
        /// A child is named twice.
        DuplicateChild,
        /// The proportions add up to more than the whole.
        ProportionOverflow,
        /// There are too many children.
        TooManyChildren,
        /// The rate limit has not passed.
        TxRateLimitExceeded,
        /// No coldkey swap is announced.
        ColdkeySwapAnnouncementNotFound,
        /// It is too early for the coldkey swap.
        ColdkeySwapTooEarly,
        /// It is too early for another announcement.
        ColdkeySwapReannouncedTooEarly,
        /// The coldkey is not the announced one.
        AnnouncedColdkeyHashDoesNotMatch,
        /// The coldkey swap is disputed already.
        ColdkeySwapAlreadyDisputed,
        /// The new coldkey is a hotkey.
        NewColdKeyIsHotkey,
        /// The take of the child key is out of range.
        InvalidChildkeyTake,
        /// The take of the child key was raised too recently.
        TxChildkeyTakeRateLimitExceeded,
        /// The identity is too long.
        InvalidIdentity,
        /// The mechanism does not exist.
        MechanismDoesNotExist,
        /// The stake is locked.
        StakeUnavailable,
        /// The subnet does not exist.
        SubnetNotExists,
        /// There are too many commits that wait for their reveal.
        TooManyUnrevealedCommits,
        /// The commit has expired.
        ExpiredWeightCommit,
        /// It is too early for the reveal.
        RevealTooEarly,
        /// The lists differ in length.
        InputLengthsUnequal,
        /// Weights were committed too recently.
        CommittingWeightsTooFast,
        /// The amount is below the minimum.
        AmountTooLow,
        /// The pool cannot serve the amount.
        InsufficientLiquidity,
        /// The price would pass the limit.
        SlippageTooHigh,
        /// The subnet does not let stake go to another coldkey.
        TransferDisallowed,
        /// The activity cutoff is too low.
        ActivityCutoffTooLow,
        /// The call is switched off.
        CallDisabled,
        /// The subnet has started already.
        FirstEmissionBlockNumberAlreadySet,
        /// It is too early for the start.
        NeedWaitingMoreBlocksToStarCall,
        /// There is not enough alpha outstanding.
        NotEnoughAlphaOutToRecycle,
        /// Root alpha can be neither burned nor recycled.
        CannotBurnOrRecycleOnRootSubnet,
        /// No public key can be recovered from the signature.
        UnableToRecoverPublicKey,
        /// The recovered public key is not the right one.
        InvalidRecoveredPublicKey,
        /// The subnet has not started.
        SubtokenDisabled,
        /// A hotkey was swapped on the subnet too recently.
        HotKeySwapOnSubnetIntervalNotPassed,
        /// Both subnets are the same.
        SameNetuid,
        /// The balance does not cover the amount.
        InsufficientBalance,
        /// The beneficiary of the lease is not valid.
        InvalidLeaseBeneficiary,
        /// The lease ends in the past.
        LeaseCannotEndInThePast,
        /// The lease's subnet was not found.
        LeaseNetuidNotFound,
        /// The lease does not exist.
        LeaseDoesNotExist,
        /// The lease has no end.
        LeaseHasNoEndBlock,
        /// The lease has not ended.
        LeaseHasNotEnded,
        /// A number overflowed.
        Overflow,
        /// The beneficiary does not own the hotkey.
        BeneficiaryDoesNotOwnHotkey,
        /// The signer is not the beneficiary.
        ExpectedBeneficiaryOrigin,
        /// The hyperparameters are frozen before the epoch.
        AdminActionProhibitedDuringWeightsWindow,
        /// There is no such symbol.
        SymbolDoesNotExist,
        /// Another subnet has the symbol.
        SymbolAlreadyInUse,
        /// The version of the commit is not the current one.
        IncorrectCommitRevealVersion,
        /// The round of the reveal has passed.
        InvalidRevealRound,
        /// The reveal period is too long.
        RevealPeriodTooLarge,
        /// The reveal period is too short.
        RevealPeriodTooSmall,
        /// The value is out of bounds.
        InvalidValue,
        /// There are as many subnets as allowed, and none can be pruned.
        SubnetLimitReached,
        /// The balance does not cover the lock cost.
        CannotAffordLockCost,
        /// The EVM address was associated too recently.
        EvmKeyAssociateRateLimitExceeded,
        /// The hotkey is the destination already.
        SameAutoStakeHotkeyAlreadySet,
        /// The uids could not be cleared.
        UidMapCouldNotBeCleared,
        /// Too many of the neurons are immune.
        TrimmingWouldExceedMaxImmunePercentage,
        /// A hotkey would be child and parent of another.
        ChildParentInconsistency,
        /// There are too many root claims per block.
        InvalidNumRootClaim,
        /// The threshold of root claims is too high.
        InvalidRootClaimThreshold,
        /// The number of subnets is out of bounds.
        InvalidSubnetNumber,
        /// There are too many uids for the mechanisms.
        TooManyUIDsPerMechanism,
        /// Voting power is not tracked.
        VotingPowerTrackingNotEnabled,
        /// The smoothing of voting power is out of bounds.
        InvalidVotingPowerEmaAlpha,
        /// The call is deprecated.
        Deprecated,
        /// Stake was burned too recently.
        AddStakeBurnRateLimitExceeded,
        /// A coldkey swap is announced.
        ColdkeySwapAnnounced,
        /// The coldkey swap is disputed.
        ColdkeySwapDisputed,
        /// It is too early to clear the announcement.
        ColdkeySwapClearTooEarly,
        /// The call is switched off for now.
        DisabledTemporarily,
        /// The price of the registration is above the limit.
        RegistrationPriceLimitExceeded,
        /// The lock backs another hotkey.
        LockHotkeyMismatch,
        /// The stake does not cover the lock.
        InsufficientStakeForLock,
        /// There is no lock.
        NoExistingLock,
        /// The new coldkey has a lock.
        ActiveLockExists,
        /// The account belongs to the protocol.
        CannotUseSystemAccount,
        /// More is unlocked than is locked.
        UnlockAmountTooHigh,
        /// The tempo is out of bounds.
        TempoOutOfBounds,
        /// The activity cutoff is out of bounds.
        ActivityCutoffFactorMilliOutOfBounds,
        /// An epoch has been triggered already.
        EpochTriggerAlreadyPending,
        /// The next epoch is about to run.
        AutoEpochAlreadyImminent,
        /// The tempo cannot change while weights are committed and revealed.
        DynamicTempoBlockedByCommitReveal,
        /// The destination accepts no locked alpha.
        AccountRejectsLockedAlpha,
    }
}
