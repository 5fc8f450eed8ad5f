//! `subnetInfo_*` (section 11, 6).

use super::runtime::Runtime;
use assay_primitives::{MechId, NetUid};
use assay_runtime_api::{SubnetInfoRuntimeApi, SubnetRegistrationRuntimeApi};
use jsonrpsee::core::RpcResult;
use jsonrpsee::proc_macros::rpc;
use polkadot_sdk::sp_core::H256;
use polkadot_sdk::sp_runtime::AccountId32;

/// Subnets.
#[rpc(server)]
pub trait SubnetInfo {
    /// A subnet.
    #[method(name = "subnetInfo_getSubnetInfo")]
    fn get_subnet_info(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All subnets.
    #[method(name = "subnetInfo_getSubnetsInfo")]
    fn get_subnets_info(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A subnet with its identity.
    #[method(name = "subnetInfo_getSubnetInfo_v2")]
    fn get_subnet_info_v2(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All subnets with their identities.
    #[method(name = "subnetInfo_getSubnetsInfo_v2")]
    fn get_subnets_info_v2(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// Hyperparameters of a subnet.
    #[method(name = "subnetInfo_getSubnetHyperparams")]
    fn get_subnet_hyperparams(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// Hyperparameters of a subnet, with those that came later.
    #[method(name = "subnetInfo_getSubnetHyperparamsV2")]
    fn get_subnet_hyperparams_v2(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All subnets with their pools.
    #[method(name = "subnetInfo_getAllDynamicInfo")]
    fn get_all_dynamic_info(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A subnet with its pool.
    #[method(name = "subnetInfo_getDynamicInfo")]
    fn get_dynamic_info(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All subnets with their neurons.
    #[method(name = "subnetInfo_getAllMetagraphs")]
    fn get_all_metagraphs(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A subnet with its neurons.
    #[method(name = "subnetInfo_getMetagraph")]
    fn get_metagraph(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All mechanisms with their neurons.
    #[method(name = "subnetInfo_getAllMechagraphs")]
    fn get_all_mechagraphs(&self, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A mechanism with its neurons.
    #[method(name = "subnetInfo_getMechagraph")]
    fn get_mechagraph(&self, netuid: NetUid, mecid: MechId, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// The neurons of a subnet as columns.
    #[method(name = "subnetInfo_getSubnetState")]
    fn get_subnet_state(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// Cost of the next registration of a subnet, rao.
    #[method(name = "subnetInfo_getLockCost")]
    fn get_lock_cost(&self, at: Option<H256>) -> RpcResult<u64>;

    /// Some fields of a metagraph.
    #[method(name = "subnetInfo_getSelectiveMetagraph")]
    fn get_selective_metagraph(
        &self,
        netuid: NetUid,
        metagraph_index: Vec<u16>,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>>;

    /// Some fields of a mechanism's metagraph.
    #[method(name = "subnetInfo_getSelectiveMechagraph")]
    fn get_selective_mechagraph(
        &self,
        netuid: NetUid,
        mecid: MechId,
        metagraph_index: Vec<u16>,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>>;

    /// The hotkey to which a coldkey's mining incentive is staked.
    #[method(name = "subnetInfo_getColdkeyAutoStakeHotkey")]
    fn get_coldkey_auto_stake_hotkey(
        &self,
        coldkey: AccountId32,
        netuid: NetUid,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>>;

    /// The subnet that the next registration replaces if there is no room.
    #[method(name = "subnetInfo_getSubnetToPrune")]
    fn get_subnet_to_prune(&self, at: Option<H256>) -> RpcResult<Option<NetUid>>;

    /// The account that holds the TAO of a subnet.
    #[method(name = "subnetInfo_getSubnetAccountId")]
    fn get_subnet_account_id(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;
}

impl SubnetInfoServer for Runtime {
    fn get_subnet_info(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_info(at, netuid))
    }

    fn get_subnets_info(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, SubnetInfoRuntimeApi::get_subnets_info)
    }

    fn get_subnet_info_v2(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_info_v2(at, netuid))
    }

    fn get_subnets_info_v2(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, SubnetInfoRuntimeApi::get_subnets_info_v2)
    }

    fn get_subnet_hyperparams(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_hyperparams(at, netuid))
    }

    fn get_subnet_hyperparams_v2(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_hyperparams_v2(at, netuid))
    }

    fn get_all_dynamic_info(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, SubnetInfoRuntimeApi::get_all_dynamic_info)
    }

    fn get_dynamic_info(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_dynamic_info(at, netuid))
    }

    fn get_all_metagraphs(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, SubnetInfoRuntimeApi::get_all_metagraphs)
    }

    fn get_metagraph(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_metagraph(at, netuid))
    }

    fn get_all_mechagraphs(&self, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, SubnetInfoRuntimeApi::get_all_mechagraphs)
    }

    fn get_mechagraph(&self, netuid: NetUid, mecid: MechId, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_mechagraph(at, netuid, mecid))
    }

    fn get_subnet_state(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_state(at, netuid))
    }

    fn get_lock_cost(&self, at: Option<H256>) -> RpcResult<u64> {
        self.ask(at, SubnetRegistrationRuntimeApi::get_network_registration_cost)
    }

    fn get_selective_metagraph(
        &self,
        netuid: NetUid,
        metagraph_index: Vec<u16>,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_selective_metagraph(at, netuid, metagraph_index))
    }

    fn get_selective_mechagraph(
        &self,
        netuid: NetUid,
        mecid: MechId,
        metagraph_index: Vec<u16>,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_selective_mechagraph(at, netuid, mecid, metagraph_index))
    }

    fn get_coldkey_auto_stake_hotkey(
        &self,
        coldkey: AccountId32,
        netuid: NetUid,
        at: Option<H256>,
    ) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_coldkey_auto_stake_hotkey(at, coldkey, netuid))
    }

    fn get_subnet_to_prune(&self, at: Option<H256>) -> RpcResult<Option<NetUid>> {
        self.ask(at, SubnetInfoRuntimeApi::get_subnet_to_prune)
    }

    fn get_subnet_account_id(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_subnet_account_id(at, netuid))
    }
}
