//! Calls (section 12, 2): what a wallet can ask for, with its number, its weight and whether it pays.
//!
//! Every call hands over to the function of the same name with `do_` in front, in the file of its topic.

use polkadot_sdk::frame_support::pallet_macros::pallet_section;

/// The calls; they become part of the pallet.
#[pallet_section]
mod call_section {
    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Sets the weights of the signing hotkey (section 08, 4).
        #[pallet::call_index(0)]
        #[pallet::weight((declared::<T>(15_513_610_000, 4112, 2, 10_327_410), Pays::No))]
        pub fn set_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            dests: Vec<u16>,
            weights: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            Self::do_set_weights(origin, netuid, dests, weights, version_key)
        }

        /// Stakes TAO of the signing coldkey (section 05, 3.1).
        #[pallet::call_index(2)]
        #[pallet::weight(declared::<T>(664_064_000, 32, 16, 8_727))]
        pub fn add_stake(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount_staked: TaoBalance,
        ) -> DispatchResult {
            Self::do_add_stake(origin, hotkey, netuid, amount_staked)
        }

        /// Unstakes alpha of the signing coldkey (section 05, 3.4).
        #[pallet::call_index(3)]
        #[pallet::weight(declared::<T>(569_198_000, 28, 13, 10_557))]
        pub fn remove_stake(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount_unstaked: AlphaBalance,
        ) -> DispatchResult {
            Self::do_remove_stake(origin, hotkey, netuid, amount_unstaked)
        }

        /// Announces the endpoint of the signing hotkey (section 03, 7).
        #[pallet::call_index(4)]
        #[pallet::weight((declared::<T>(31_278_000, 3, 1, 4_178), Pays::No))]
        pub fn serve_axon(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
            protocol: u8,
            placeholder1: u8,
            placeholder2: u8,
        ) -> DispatchResult {
            let block = Self::now();
            let axon = AxonInfo { block, version, ip, port, ip_type, protocol, placeholder1, placeholder2 };
            Self::do_serve_axon(origin, netuid, axon)
        }

        /// Announces the metrics endpoint of the signing hotkey (section 03, 7).
        #[pallet::call_index(5)]
        #[pallet::weight((declared::<T>(29_294_000, 3, 1, 4_277), Pays::No))]
        pub fn serve_prometheus(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
        ) -> DispatchResult {
            Self::do_serve_prometheus(origin, netuid, version, ip, port, ip_type)
        }

        /// Registers a neuron as `burned_register` does; the work is ignored (section 03, 2).
        #[pallet::call_index(6)]
        #[pallet::weight(declared::<T>(349_872_000, 34, 29, 6_148))]
        pub fn register(
            origin: OriginFor<T>,
            netuid: NetUid,
            block_number: u64,
            nonce: u64,
            work: Vec<u8>,
            hotkey: T::AccountId,
            coldkey: T::AccountId,
        ) -> DispatchResult {
            Self::do_register(origin, netuid, block_number, nonce, work, hotkey, coldkey)
        }

        /// Registers a neuron for the price of a registration (section 03, 2).
        #[pallet::call_index(7)]
        #[pallet::weight(declared::<T>(336_815_000, 34, 29, 6_148))]
        pub fn burned_register(origin: OriginFor<T>, netuid: NetUid, hotkey: T::AccountId) -> DispatchResult {
            Self::do_burned_register(origin, netuid, hotkey)
        }

        /// Announces the endpoint of the signing hotkey with a certificate (section 03, 7).
        #[pallet::call_index(40)]
        #[pallet::weight((declared::<T>(30_617_000, 3, 1, 4_149), Pays::No))]
        pub fn serve_axon_tls(
            origin: OriginFor<T>,
            netuid: NetUid,
            version: u32,
            ip: u128,
            port: u16,
            ip_type: u8,
            protocol: u8,
            placeholder1: u8,
            placeholder2: u8,
            certificate: Vec<u8>,
        ) -> DispatchResult {
            let block = Self::now();
            let axon = AxonInfo { block, version, ip, port, ip_type, protocol, placeholder1, placeholder2 };
            Self::do_serve_axon_tls(origin, netuid, axon, &certificate)
        }

        /// Registers a subnet (section 02, 2).
        #[pallet::call_index(59)]
        #[pallet::weight(declared::<T>(277_125_000, 40, 48, 9_947))]
        pub fn register_network(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
            Self::do_register_network(origin, hotkey)
        }

        /// Dissolves a subnet; root only (section 02, 5).
        #[pallet::call_index(61)]
        #[pallet::weight(declared::<T>(119_000_000, 6, 31, 0))]
        pub fn dissolve_network(
            origin: OriginFor<T>,
            coldkey: T::AccountId,
            netuid: NetUid,
        ) -> DispatchResult {
            Self::do_dissolve_network(origin, coldkey, netuid)
        }

        /// Registers a hotkey on root (section 03, 5).
        #[pallet::call_index(62)]
        #[pallet::weight(declared::<T>(103_934_000, 19, 16, 4_981))]
        pub fn root_register(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
            Self::do_root_register(origin, hotkey)
        }

        /// Lowers the take of a delegate (section 05, 5).
        #[pallet::call_index(65)]
        #[pallet::weight((declared::<T>(29_895_000, 3, 2, 4_295), Pays::No))]
        pub fn decrease_take(origin: OriginFor<T>, hotkey: T::AccountId, take: u16) -> DispatchResult {
            Self::do_decrease_take(origin, hotkey, take)
        }

        /// Raises the take of a delegate (section 05, 5).
        #[pallet::call_index(66)]
        #[pallet::weight((declared::<T>(37_710_000, 5, 2, 4_388), Pays::No))]
        pub fn increase_take(origin: OriginFor<T>, hotkey: T::AccountId, take: u16) -> DispatchResult {
            Self::do_increase_take(origin, hotkey, take)
        }

        /// Sets the children of a hotkey (section 09, 3.2).
        #[pallet::call_index(67)]
        #[pallet::weight(declared::<T>(119_000_000, 6, 31, 0))]
        pub fn set_children(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            children: Vec<(u64, T::AccountId)>,
        ) -> DispatchResult {
            Self::do_set_children(origin, hotkey, netuid, children)
        }

        /// Sets the identity of the signing coldkey (section 02, 8).
        #[pallet::call_index(68)]
        #[pallet::weight(declared::<T>(32_040_000, 3, 1, 6_829))]
        pub fn set_identity(
            origin: OriginFor<T>,
            name: Vec<u8>,
            url: Vec<u8>,
            github_repo: Vec<u8>,
            image: Vec<u8>,
            discord: Vec<u8>,
            description: Vec<u8>,
            additional: Vec<u8>,
        ) -> DispatchResult {
            let identity =
                ChainIdentityV2 { name, url, github_repo, image, discord, description, additional };
            Self::do_set_identity(origin, identity)
        }

        /// Sets the rate limit of child keys' takes; root only (section 02, 9.2).
        #[pallet::call_index(69)]
        #[pallet::weight(declared::<T>(5_760_000, 0, 1, 0))]
        pub fn sudo_set_tx_childkey_take_rate_limit(
            origin: OriginFor<T>,
            tx_rate_limit: u64,
        ) -> DispatchResult {
            Self::do_sudo_set_tx_childkey_take_rate_limit(origin, tx_rate_limit)
        }

        /// Swaps a hotkey, on one subnet or on all (section 09, 5).
        #[pallet::call_index(70)]
        #[pallet::weight(declared::<T>(1_242_038_000, 182, 99, 0))]
        pub fn swap_hotkey(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            new_hotkey: T::AccountId,
            netuid: Option<NetUid>,
        ) -> DispatchResultWithPostInfo {
            Self::do_swap_hotkey(origin, hotkey, new_hotkey, netuid)
        }

        /// Swaps a coldkey; root only (section 09, 4).
        #[pallet::call_index(71)]
        #[pallet::weight(declared::<T>(312_301_000, 37, 19, 13_056))]
        pub fn swap_coldkey(
            origin: OriginFor<T>,
            old_coldkey: T::AccountId,
            new_coldkey: T::AccountId,
            swap_cost: TaoBalance,
        ) -> DispatchResult {
            Self::do_swap_coldkey(origin, old_coldkey, new_coldkey, swap_cost)
        }

        /// Swaps a hotkey and may keep the stake (section 09, 5).
        #[pallet::call_index(72)]
        #[pallet::weight(declared::<T>(275_300_000, 52, 35, 0))]
        pub fn swap_hotkey_v2(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            new_hotkey: T::AccountId,
            netuid: Option<NetUid>,
            keep_stake: bool,
        ) -> DispatchResultWithPostInfo {
            Self::do_swap_hotkey_v2(origin, hotkey, new_hotkey, netuid, keep_stake)
        }

        /// Deprecated (section 09, 4).
        #[pallet::call_index(73)]
        #[pallet::weight(declared::<T>(0, 5, 0, 0))]
        pub fn schedule_swap_coldkey(origin: OriginFor<T>, new_coldkey: T::AccountId) -> DispatchResult {
            Self::do_schedule_swap_coldkey(origin, new_coldkey)
        }

        /// Sets the take of a child key (section 09, 3.4).
        #[pallet::call_index(75)]
        #[pallet::weight(declared::<T>(53_870_000, 7, 2, 4_498))]
        pub fn set_childkey_take(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            take: u16,
        ) -> DispatchResult {
            Self::do_set_childkey_take(origin, hotkey, netuid, take)
        }

        /// Sets the lowest take of child keys; root only (section 02, 9.2).
        #[pallet::call_index(76)]
        #[pallet::weight(declared::<T>(6_000, 1, 1, 0))]
        pub fn sudo_set_min_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
            Self::do_sudo_set_min_childkey_take(origin, take)
        }

        /// Sets the highest take of child keys; root only (section 02, 9.2).
        #[pallet::call_index(77)]
        #[pallet::weight(declared::<T>(6_000, 1, 1, 0))]
        pub fn sudo_set_max_childkey_take(origin: OriginFor<T>, take: u16) -> DispatchResult {
            Self::do_sudo_set_max_childkey_take(origin, take)
        }

        /// Sets the identity of a subnet (section 02, 8).
        #[pallet::call_index(78)]
        #[pallet::weight(declared::<T>(17_513_000, 1, 1, 4_060))]
        pub fn set_subnet_identity(
            origin: OriginFor<T>,
            netuid: NetUid,
            subnet_name: Vec<u8>,
            github_repo: Vec<u8>,
            subnet_contact: Vec<u8>,
            subnet_url: Vec<u8>,
            discord: Vec<u8>,
            description: Vec<u8>,
            logo_url: Vec<u8>,
            additional: Vec<u8>,
        ) -> DispatchResult {
            let identity = SubnetIdentityV3 {
                subnet_name,
                github_repo,
                subnet_contact,
                subnet_url,
                discord,
                description,
                logo_url,
                additional,
            };
            Self::do_set_subnet_identity(origin, netuid, identity)
        }

        /// Registers a subnet with an identity (section 02, 2).
        #[pallet::call_index(79)]
        #[pallet::weight(declared::<T>(275_041_000, 39, 47, 9_883))]
        pub fn register_network_with_identity(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            identity: Option<SubnetIdentityV3>,
        ) -> DispatchResult {
            Self::do_register_network_with_identity(origin, hotkey, identity)
        }

        /// Sets weights on several subnets (section 08, 4).
        #[pallet::call_index(80)]
        #[pallet::weight((declared::<T>(103_092_000, 16, 2, 7_395), Pays::No))]
        pub fn batch_set_weights(
            origin: OriginFor<T>,
            netuids: Vec<Compact<NetUid>>,
            weights: Vec<Vec<(Compact<u16>, Compact<u16>)>>,
            version_keys: Vec<Compact<u64>>,
        ) -> DispatchResult {
            Self::do_batch_set_weights(origin, netuids, weights, version_keys)
        }

        /// Unstakes everything of a hotkey (section 05, 3.7).
        #[pallet::call_index(83)]
        #[pallet::weight(declared::<T>(26_830_000, 6, 0, 9_189))]
        pub fn unstake_all(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
            Self::do_unstake_all(origin, hotkey)
        }

        /// Unstakes all alpha of a hotkey and stakes it on root (section 05, 3.7).
        #[pallet::call_index(84)]
        #[pallet::weight(declared::<T>(700_873_000, 43, 25, 11_306))]
        pub fn unstake_all_alpha(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
            Self::do_unstake_all_alpha(origin, hotkey)
        }

        /// Moves stake to another hotkey (section 05, 3.8).
        #[pallet::call_index(85)]
        #[pallet::weight(declared::<T>(216_061_000, 19, 7, 7_919))]
        pub fn move_stake(
            origin: OriginFor<T>,
            origin_hotkey: T::AccountId,
            destination_hotkey: T::AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            Self::do_move_stake(
                origin,
                origin_hotkey,
                destination_hotkey,
                origin_netuid,
                destination_netuid,
                alpha_amount,
            )
        }

        /// Transfers stake to another coldkey (section 05, 3.8).
        #[pallet::call_index(86)]
        #[pallet::weight(declared::<T>(258_541_000, 19, 6, 7_994))]
        pub fn transfer_stake(
            origin: OriginFor<T>,
            destination_coldkey: T::AccountId,
            hotkey: T::AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            Self::do_transfer_stake(
                origin,
                destination_coldkey,
                hotkey,
                origin_netuid,
                destination_netuid,
                alpha_amount,
            )
        }

        /// Swaps stake to another subnet (section 05, 3.8).
        #[pallet::call_index(87)]
        #[pallet::weight(declared::<T>(742_019_000, 47, 24, 10_920))]
        pub fn swap_stake(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
        ) -> DispatchResult {
            Self::do_swap_stake(origin, hotkey, origin_netuid, destination_netuid, alpha_amount)
        }

        /// Stakes TAO up to a price (section 05, 3.2).
        #[pallet::call_index(88)]
        #[pallet::weight(declared::<T>(853_005_000, 32, 16, 8_727))]
        pub fn add_stake_limit(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount_staked: TaoBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            Self::do_add_stake_limit(origin, hotkey, netuid, amount_staked, limit_price, allow_partial)
        }

        /// Unstakes alpha down to a price (section 05, 3.5).
        #[pallet::call_index(89)]
        #[pallet::weight(declared::<T>(740_696_000, 27, 13, 10_591))]
        pub fn remove_stake_limit(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount_unstaked: AlphaBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            Self::do_remove_stake_limit(origin, hotkey, netuid, amount_unstaked, limit_price, allow_partial)
        }

        /// Swaps stake to another subnet up to a price (section 05, 3.8).
        #[pallet::call_index(90)]
        #[pallet::weight(declared::<T>(944_515_000, 47, 24, 11_077))]
        pub fn swap_stake_limit(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            origin_netuid: NetUid,
            destination_netuid: NetUid,
            alpha_amount: AlphaBalance,
            limit_price: TaoBalance,
            allow_partial: bool,
        ) -> DispatchResult {
            Self::do_swap_stake_limit(
                origin,
                hotkey,
                origin_netuid,
                destination_netuid,
                alpha_amount,
                limit_price,
                allow_partial,
            )
        }

        /// Makes the signing coldkey the owner of an unknown hotkey (section 09, 6).
        #[pallet::call_index(91)]
        #[pallet::weight(declared::<T>(25_337_000, 3, 3, 4_283))]
        pub fn try_associate_hotkey(origin: OriginFor<T>, hotkey: T::AccountId) -> DispatchResult {
            Self::do_try_associate_hotkey(origin, hotkey)
        }

        /// Starts a subnet (section 02, 6).
        #[pallet::call_index(92)]
        #[pallet::weight(declared::<T>(39_454_000, 5, 2, 4_583))]
        pub fn start_call(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_start_call(origin, netuid)
        }

        /// Associates an EVM address with the signing hotkey; not supported (section 10, 7).
        #[pallet::call_index(93)]
        #[pallet::weight((declared::<T>(684_242_000, 3, 1, 0), Pays::No))]
        pub fn associate_evm_key(
            origin: OriginFor<T>,
            netuid: NetUid,
            evm_key: H160,
            block_number: u64,
            signature: Signature,
        ) -> DispatchResult {
            Self::do_associate_evm_key(origin, netuid, evm_key, block_number, signature)
        }

        /// Commits the hash of weights (section 08, 6).
        #[pallet::call_index(96)]
        #[pallet::weight((declared::<T>(69_049_000, 13, 2, 4_714), Pays::No))]
        pub fn commit_weights(origin: OriginFor<T>, netuid: NetUid, commit_hash: H256) -> DispatchResult {
            Self::do_commit_weights(origin, netuid, commit_hash)
        }

        /// Reveals committed weights (section 08, 7).
        #[pallet::call_index(97)]
        #[pallet::weight((declared::<T>(111_227_000, 19, 2, 7_590), Pays::No))]
        pub fn reveal_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            uids: Vec<u16>,
            values: Vec<u16>,
            salt: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            Self::do_reveal_weights(origin, netuid, uids, values, salt, version_key)
        }

        /// Reveals several commits of a subnet (section 08, 7).
        #[pallet::call_index(98)]
        #[pallet::weight((declared::<T>(421_363_000, 19, 2, 8_095), Pays::No))]
        pub fn batch_reveal_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            uids_list: Vec<Vec<u16>>,
            values_list: Vec<Vec<u16>>,
            salts_list: Vec<Vec<u16>>,
            version_keys: Vec<u64>,
        ) -> DispatchResult {
            Self::do_batch_reveal_weights(origin, netuid, uids_list, values_list, salts_list, version_keys)
        }

        /// Commits hashes of weights on several subnets (section 08, 6).
        #[pallet::call_index(100)]
        #[pallet::weight((declared::<T>(147_224_000, 15, 2, 4_765), Pays::No))]
        pub fn batch_commit_weights(
            origin: OriginFor<T>,
            netuids: Vec<Compact<NetUid>>,
            commit_hashes: Vec<H256>,
        ) -> DispatchResult {
            Self::do_batch_commit_weights(origin, netuids, commit_hashes)
        }

        /// Recycles alpha of the signing coldkey (section 05, 3.9).
        #[pallet::call_index(101)]
        #[pallet::weight(declared::<T>(172_139_000, 13, 6, 5_219))]
        pub fn recycle_alpha(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            amount: AlphaBalance,
            netuid: NetUid,
        ) -> DispatchResult {
            Self::do_recycle_alpha(origin, hotkey, amount, netuid)
        }

        /// Burns alpha of the signing coldkey (section 05, 3.9).
        #[pallet::call_index(102)]
        #[pallet::weight(declared::<T>(168_964_000, 12, 4, 5_219))]
        pub fn burn_alpha(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            amount: AlphaBalance,
            netuid: NetUid,
        ) -> DispatchResult {
            Self::do_burn_alpha(origin, hotkey, amount, netuid)
        }

        /// Unstakes all alpha of a hotkey on a subnet, down to a price (section 05, 3.5).
        #[pallet::call_index(103)]
        #[pallet::weight(declared::<T>(754_292_000, 27, 13, 10_591))]
        pub fn remove_stake_full_limit(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            limit_price: Option<TaoBalance>,
        ) -> DispatchResult {
            Self::do_remove_stake_full_limit(origin, hotkey, netuid, limit_price)
        }

        /// Sets the cooldown of new children; root only (section 02, 9.2).
        #[pallet::call_index(109)]
        #[pallet::weight(declared::<T>(3_000_000, 0, 1, 0))]
        pub fn set_pending_childkey_cooldown(origin: OriginFor<T>, cooldown: u64) -> DispatchResult {
            Self::do_set_pending_childkey_cooldown(origin, cooldown)
        }

        /// Registers a leased subnet; not supported (section 09, 7).
        #[pallet::call_index(110)]
        #[pallet::weight(declared::<T>(148_323_111_986, 49, 53, 1_299_756))]
        pub fn register_leased_network(
            origin: OriginFor<T>,
            emissions_share: Percent,
            end_block: Option<BlockNumberFor<T>>,
        ) -> DispatchResult {
            Self::do_register_leased_network(origin, emissions_share, end_block)
        }

        /// Ends a lease; not supported (section 09, 7).
        #[pallet::call_index(111)]
        #[pallet::weight(declared::<T>(63_429_668_779, 4, 7, 1_270_648))]
        pub fn terminate_lease(
            origin: OriginFor<T>,
            lease_id: LeaseId,
            hotkey: T::AccountId,
        ) -> DispatchResult {
            Self::do_terminate_lease(origin, lease_id, hotkey)
        }

        /// Changes the symbol of a subnet (section 02, 7).
        #[pallet::call_index(112)]
        #[pallet::weight(declared::<T>(28_313_000, 4, 1, 9_074))]
        pub fn update_symbol(origin: OriginFor<T>, netuid: NetUid, symbol: Vec<u8>) -> DispatchResult {
            Self::do_update_symbol(origin, netuid, symbol)
        }

        /// Commits timelocked weights (section 08, 8).
        #[pallet::call_index(113)]
        #[pallet::weight((declared::<T>(86_951_000, 14, 2, 4_713), Pays::No))]
        pub fn commit_timelocked_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            commit: TimelockedCommit,
            reveal_round: u64,
            commit_reveal_version: u16,
        ) -> DispatchResult {
            Self::do_commit_timelocked_weights(origin, netuid, commit, reveal_round, commit_reveal_version)
        }

        /// Sets the hotkey to which mining incentive is staked (section 05, 3.10).
        #[pallet::call_index(114)]
        #[pallet::weight(declared::<T>(33_853_000, 4, 2, 4_274))]
        pub fn set_coldkey_auto_stake_hotkey(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
        ) -> DispatchResult {
            Self::do_set_coldkey_auto_stake_hotkey(origin, netuid, hotkey)
        }

        /// Commits the hash of a mechanism's weights (section 08, 6).
        #[pallet::call_index(115)]
        #[pallet::weight((declared::<T>(55_130_000, 7, 2, 0), Pays::No))]
        pub fn commit_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit_hash: H256,
        ) -> DispatchResult {
            Self::do_commit_mechanism_weights(origin, netuid, mecid, commit_hash)
        }

        /// Reveals committed weights of a mechanism (section 08, 7).
        #[pallet::call_index(116)]
        #[pallet::weight((declared::<T>(122_000_000, 16, 2, 0), Pays::No))]
        pub fn reveal_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            uids: Vec<u16>,
            values: Vec<u16>,
            salt: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            Self::do_reveal_mechanism_weights(origin, netuid, mecid, uids, values, salt, version_key)
        }

        /// Commits timelocked weights of a mechanism in version 4 (section 08, 8).
        #[pallet::call_index(117)]
        #[pallet::weight((declared::<T>(77_750_000, 7, 2, 0), Pays::No))]
        pub fn commit_crv3_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit: TimelockedCommit,
            reveal_round: u64,
        ) -> DispatchResult {
            Self::do_commit_crv3_mechanism_weights(origin, netuid, mecid, commit, reveal_round)
        }

        /// Commits timelocked weights of a mechanism (section 08, 8).
        #[pallet::call_index(118)]
        #[pallet::weight((declared::<T>(84_020_000, 9, 2, 0), Pays::No))]
        pub fn commit_timelocked_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            commit: TimelockedCommit,
            reveal_round: u64,
            commit_reveal_version: u16,
        ) -> DispatchResult {
            Self::do_commit_timelocked_mechanism_weights(
                origin,
                netuid,
                mecid,
                commit,
                reveal_round,
                commit_reveal_version,
            )
        }

        /// Sets the weights of a mechanism (section 08, 4).
        #[pallet::call_index(119)]
        #[pallet::weight((declared::<T>(15_540_000_000, 4111, 2, 0), Pays::No))]
        pub fn set_mechanism_weights(
            origin: OriginFor<T>,
            netuid: NetUid,
            mecid: MechId,
            dests: Vec<u16>,
            weights: Vec<u16>,
            version_key: u64,
        ) -> DispatchResult {
            Self::do_set_mechanism_weights(origin, netuid, mecid, dests, weights, version_key)
        }

        /// Dissolves a subnet; root only (section 02, 5).
        #[pallet::call_index(120)]
        #[pallet::weight(declared::<T>(119_000_000, 6, 31, 0))]
        pub fn root_dissolve_network(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_root_dissolve_network(origin, netuid)
        }

        /// Claims root dividends (section 06, 8.2).
        #[pallet::call_index(121)]
        #[pallet::weight(declared::<T>(138_999_000, 16, 4, 7_875))]
        pub fn claim_root(origin: OriginFor<T>, subnets: BTreeSet<NetUid>) -> DispatchResultWithPostInfo {
            Self::do_claim_root(origin, subnets)
        }

        /// Sets what happens to root dividends (section 06, 8.2).
        #[pallet::call_index(122)]
        #[pallet::weight(declared::<T>(18_283_000, 2, 4, 3_941))]
        pub fn set_root_claim_type(
            origin: OriginFor<T>,
            new_root_claim_type: RootClaimTypeEnum,
        ) -> DispatchResult {
            Self::do_set_root_claim_type(origin, new_root_claim_type)
        }

        /// Sets the number of automatic claims per block; root only (section 06, 8.2).
        #[pallet::call_index(123)]
        #[pallet::weight(declared::<T>(2_735_000, 0, 1, 0))]
        pub fn sudo_set_num_root_claims(origin: OriginFor<T>, new_value: u64) -> DispatchResult {
            Self::do_sudo_set_num_root_claims(origin, new_value)
        }

        /// Sets the smallest claim of a subnet (section 06, 8.2).
        #[pallet::call_index(124)]
        #[pallet::weight(declared::<T>(5_681_000, 0, 1, 0))]
        pub fn sudo_set_root_claim_threshold(
            origin: OriginFor<T>,
            netuid: NetUid,
            new_value: u64,
        ) -> DispatchResult {
            Self::do_sudo_set_root_claim_threshold(origin, netuid, new_value)
        }

        /// Announces a coldkey swap (section 09, 4).
        #[pallet::call_index(125)]
        #[pallet::weight(declared::<T>(47_248_000, 4, 3, 4_159))]
        pub fn announce_coldkey_swap(origin: OriginFor<T>, new_coldkey_hash: T::Hash) -> DispatchResult {
            Self::do_announce_coldkey_swap(origin, new_coldkey_hash)
        }

        /// Executes an announced coldkey swap (section 09, 4).
        #[pallet::call_index(126)]
        #[pallet::weight(declared::<T>(288_156_000, 37, 15, 13_000))]
        pub fn swap_coldkey_announced(origin: OriginFor<T>, new_coldkey: T::AccountId) -> DispatchResult {
            Self::do_swap_coldkey_announced(origin, new_coldkey)
        }

        /// Disputes an announced coldkey swap (section 09, 4).
        #[pallet::call_index(127)]
        #[pallet::weight(declared::<T>(23_293_000, 2, 1, 4_130))]
        pub fn dispute_coldkey_swap(origin: OriginFor<T>) -> DispatchResult {
            Self::do_dispute_coldkey_swap(origin)
        }

        /// Removes announcement and dispute; root only (section 09, 4).
        #[pallet::call_index(128)]
        #[pallet::weight(declared::<T>(8_857_000, 0, 2, 0))]
        pub fn reset_coldkey_swap(origin: OriginFor<T>, coldkey: T::AccountId) -> DispatchResult {
            Self::do_reset_coldkey_swap(origin, coldkey)
        }

        /// Starts to track voting power (section 07, 6).
        #[pallet::call_index(129)]
        #[pallet::weight(declared::<T>(10_000, 2, 2, 0))]
        pub fn enable_voting_power_tracking(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_enable_voting_power_tracking(origin, netuid)
        }

        /// Schedules the end of tracking voting power (section 07, 6).
        #[pallet::call_index(130)]
        #[pallet::weight(declared::<T>(10_000, 2, 1, 0))]
        pub fn disable_voting_power_tracking(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_disable_voting_power_tracking(origin, netuid)
        }

        /// Sets the smoothing of voting power; root only (section 07, 6).
        #[pallet::call_index(131)]
        #[pallet::weight(declared::<T>(6_000, 1, 1, 0))]
        pub fn sudo_set_voting_power_ema_alpha(
            origin: OriginFor<T>,
            netuid: NetUid,
            alpha: u64,
        ) -> DispatchResult {
            Self::do_sudo_set_voting_power_ema_alpha(origin, netuid, alpha)
        }

        /// Stakes TAO and burns the alpha (section 05, 3.9).
        #[pallet::call_index(132)]
        #[pallet::weight(declared::<T>(967_308_000, 33, 17, 8_727))]
        pub fn add_stake_burn(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount: TaoBalance,
            limit: Option<TaoBalance>,
        ) -> DispatchResult {
            Self::do_add_stake_burn(origin, hotkey, netuid, amount, limit)
        }

        /// Clears an announced coldkey swap (section 09, 4).
        #[pallet::call_index(133)]
        #[pallet::weight(declared::<T>(17_890_000, 2, 1, 0))]
        pub fn clear_coldkey_swap_announcement(origin: OriginFor<T>) -> DispatchResult {
            Self::do_clear_coldkey_swap_announcement(origin)
        }

        /// Registers a neuron up to a price (section 03, 2).
        #[pallet::call_index(134)]
        #[pallet::weight(declared::<T>(354_200_000, 47, 40, 0))]
        pub fn register_limit(
            origin: OriginFor<T>,
            netuid: NetUid,
            hotkey: T::AccountId,
            limit_price: u64,
        ) -> DispatchResult {
            Self::do_register_limit(origin, netuid, hotkey, limit_price)
        }

        /// Lets a root validator become a parent on new subnets, or not (section 09, 3.5).
        #[pallet::call_index(135)]
        #[pallet::weight(declared::<T>(28_023_000, 2, 1, 4_364))]
        pub fn set_auto_parent_delegation_enabled(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            enabled: bool,
        ) -> DispatchResult {
            Self::do_set_auto_parent_delegation_enabled(origin, hotkey, enabled)
        }

        /// Locks stake behind a hotkey (section 05, 8.5).
        #[pallet::call_index(136)]
        #[pallet::weight(declared::<T>(115_995_000, 17, 3, 7_655))]
        pub fn lock_stake(
            origin: OriginFor<T>,
            hotkey: T::AccountId,
            netuid: NetUid,
            amount: AlphaBalance,
        ) -> DispatchResult {
            Self::do_lock_stake(origin, hotkey, netuid, amount)
        }

        /// Moves a lock to another hotkey (section 05, 8.5).
        #[pallet::call_index(137)]
        #[pallet::weight(declared::<T>(149_819_000, 14, 6, 7_339))]
        pub fn move_lock(
            origin: OriginFor<T>,
            destination_hotkey: T::AccountId,
            netuid: NetUid,
        ) -> DispatchResult {
            Self::do_move_lock(origin, destination_hotkey, netuid)
        }

        /// Makes locks perpetual or decaying (section 05, 8.5).
        #[pallet::call_index(138)]
        #[pallet::weight(declared::<T>(0, 4, 3, 0))]
        pub fn set_perpetual_lock(origin: OriginFor<T>, netuid: NetUid, enabled: bool) -> DispatchResult {
            Self::do_set_perpetual_lock(origin, netuid, enabled)
        }

        /// Sets the tempo; owner only (section 02, 9.1).
        #[pallet::call_index(139)]
        #[pallet::weight(declared::<T>(46_407_000, 6, 3, 4_440))]
        pub fn set_tempo(origin: OriginFor<T>, netuid: NetUid, tempo: u16) -> DispatchResult {
            Self::do_set_tempo(origin, netuid, tempo)
        }

        /// Sets the activity cutoff in thousandths of a tempo (section 02, 9.1).
        #[pallet::call_index(140)]
        #[pallet::weight(declared::<T>(39_193_000, 7, 2, 4_364))]
        pub fn set_activity_cutoff_factor(
            origin: OriginFor<T>,
            netuid: NetUid,
            factor_milli: u32,
        ) -> DispatchResult {
            Self::do_set_activity_cutoff_factor(origin, netuid, factor_milli)
        }

        /// Triggers an epoch; owner only (section 02, 9.1).
        #[pallet::call_index(141)]
        #[pallet::weight(declared::<T>(42_539_000, 8, 2, 4_447))]
        pub fn trigger_epoch(origin: OriginFor<T>, netuid: NetUid) -> DispatchResult {
            Self::do_trigger_epoch(origin, netuid)
        }

        /// Rejects or accepts locked alpha (section 05, 8.5).
        #[pallet::call_index(142)]
        #[pallet::weight(declared::<T>(0, 1, 1, 0))]
        pub fn set_reject_locked_alpha(origin: OriginFor<T>, enabled: bool) -> DispatchResult {
            Self::do_set_reject_locked_alpha(origin, enabled)
        }
    }
}
