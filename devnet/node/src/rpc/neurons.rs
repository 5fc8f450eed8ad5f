//! `neuronInfo_*` (section 11, 6).

use super::runtime::Runtime;
use assay_primitives::NetUid;
use assay_runtime_api::NeuronInfoRuntimeApi;
use jsonrpsee::core::RpcResult;
use jsonrpsee::proc_macros::rpc;
use polkadot_sdk::sp_core::H256;

/// Neurons.
#[rpc(server)]
pub trait NeuronInfo {
    /// All neurons of a subnet, without weights and bonds.
    #[method(name = "neuronInfo_getNeuronsLite")]
    fn get_neurons_lite(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A neuron, without weights and bonds.
    #[method(name = "neuronInfo_getNeuronLite")]
    fn get_neuron_lite(&self, netuid: NetUid, uid: u16, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// All neurons of a subnet.
    #[method(name = "neuronInfo_getNeurons")]
    fn get_neurons(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>>;

    /// A neuron.
    #[method(name = "neuronInfo_getNeuron")]
    fn get_neuron(&self, netuid: NetUid, uid: u16, at: Option<H256>) -> RpcResult<Vec<u8>>;
}

impl NeuronInfoServer for Runtime {
    fn get_neurons_lite(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_neurons_lite(at, netuid))
    }

    fn get_neuron_lite(&self, netuid: NetUid, uid: u16, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_neuron_lite(at, netuid, uid))
    }

    fn get_neurons(&self, netuid: NetUid, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_neurons(at, netuid))
    }

    fn get_neuron(&self, netuid: NetUid, uid: u16, at: Option<H256>) -> RpcResult<Vec<u8>> {
        self.bytes(at, |api, at| api.get_neuron(at, netuid, uid))
    }
}
