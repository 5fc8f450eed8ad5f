//! Endpoints of neurons (section 03, 7).

use assay_primitives::NetUid;
use polkadot_sdk::frame_support::dispatch::DispatchResult;
use polkadot_sdk::frame_support::ensure;
use polkadot_sdk::frame_system::pallet_prelude::{OriginFor, ensure_signed};
use polkadot_sdk::sp_core::H160;

use crate::types::{AxonInfo, NeuronCertificate, PrometheusInfo, Signature};
use crate::{Axons, Config, Error, Event, NeuronCertificates, Pallet, Prometheus, ServingRateLimit};

/// 127.0.0.1 (section 03, 7).
const LOCALHOST_V4: u128 = 0x7f00_0001;
/// `::1` (section 03, 7).
const LOCALHOST_V6: u128 = 1;

impl<T: Config> Pallet<T> {
    /// Announces the endpoint of the signing hotkey (section 03, 7).
    ///
    /// # Errors
    /// Those of [`Pallet::validate_axon`].
    pub fn do_serve_axon(origin: OriginFor<T>, netuid: NetUid, axon: AxonInfo) -> DispatchResult {
        Self::do_serve_axon_tls(origin, netuid, axon, &[])
    }

    /// Announces the endpoint of the signing hotkey with a certificate, which is ignored if it is none (section 03, 7).
    ///
    /// # Errors
    /// Those of [`Pallet::validate_axon`].
    pub fn do_serve_axon_tls(
        origin: OriginFor<T>,
        netuid: NetUid,
        axon: AxonInfo,
        certificate: &[u8],
    ) -> DispatchResult {
        let hotkey = ensure_signed(origin)?;
        Self::validate_axon(&hotkey, netuid, axon.ip, axon.ip_type, axon.port)?;
        if let Some(certificate) = parse_certificate(certificate) {
            NeuronCertificates::<T>::insert(netuid, &hotkey, certificate);
        }
        Axons::<T>::insert(netuid, &hotkey, axon);
        Self::deposit_event(Event::AxonServed(netuid, hotkey));
        Ok(())
    }

    /// Announces the metrics endpoint of the signing hotkey (section 03, 7).
    ///
    /// # Errors
    /// Those of [`Pallet::validate_prometheus`].
    pub fn do_serve_prometheus(
        origin: OriginFor<T>,
        netuid: NetUid,
        version: u32,
        ip: u128,
        port: u16,
        ip_type: u8,
    ) -> DispatchResult {
        let hotkey = ensure_signed(origin)?;
        Self::validate_prometheus(&hotkey, netuid, ip, ip_type, port)?;
        let block = Self::now();
        Prometheus::<T>::insert(netuid, &hotkey, PrometheusInfo { block, version, ip, port, ip_type });
        Self::deposit_event(Event::PrometheusServed(netuid, hotkey));
        Ok(())
    }

    /// Associates an EVM address with the signing hotkey; not supported (section 10, 7).
    ///
    /// # Errors
    /// Always `CallDisabled`.
    pub fn do_associate_evm_key(
        _origin: OriginFor<T>,
        _netuid: NetUid,
        _evm_key: H160,
        _block_number: u64,
        _signature: Signature,
    ) -> DispatchResult {
        Err(Error::<T>::CallDisabled.into())
    }

    /// The checks of `serve_axon` (section 03, 7).
    ///
    /// # Errors
    /// In this order: `HotKeyNotRegisteredInNetwork`, `InvalidIpType`, `InvalidIpAddress`, `ServingRateLimitExceeded`,
    /// `InvalidPort`.
    pub fn validate_axon(
        hotkey: &T::AccountId,
        netuid: NetUid,
        ip: u128,
        ip_type: u8,
        port: u16,
    ) -> DispatchResult {
        ensure!(Self::is_registered(netuid, hotkey), Error::<T>::HotKeyNotRegisteredInNetwork);
        ensure!(is_ip_type(ip_type), Error::<T>::InvalidIpType);
        // Zero takes an endpoint back.
        ensure!(ip == 0 || is_public_ip(ip_type, ip), Error::<T>::InvalidIpAddress);
        let previous = Axons::<T>::get(netuid, hotkey).map_or(0, |axon| axon.block);
        Self::ensure_serving_limit(netuid, previous)?;
        ensure!(port != 0, Error::<T>::InvalidPort);
        Ok(())
    }

    /// The checks of `serve_prometheus` (section 03, 7).
    ///
    /// # Errors
    /// In this order: `InvalidIpType`, `InvalidIpAddress`, `HotKeyNotRegisteredInNetwork`, `ServingRateLimitExceeded`,
    /// `InvalidPort`.
    pub fn validate_prometheus(
        hotkey: &T::AccountId,
        netuid: NetUid,
        ip: u128,
        ip_type: u8,
        port: u16,
    ) -> DispatchResult {
        ensure!(is_ip_type(ip_type), Error::<T>::InvalidIpType);
        ensure!(is_public_ip(ip_type, ip), Error::<T>::InvalidIpAddress);
        ensure!(Self::is_registered(netuid, hotkey), Error::<T>::HotKeyNotRegisteredInNetwork);
        let previous = Prometheus::<T>::get(netuid, hotkey).map_or(0, |prometheus| prometheus.block);
        Self::ensure_serving_limit(netuid, previous)?;
        ensure!(port != 0, Error::<T>::InvalidPort);
        Ok(())
    }

    fn ensure_serving_limit(netuid: NetUid, previous: u64) -> DispatchResult {
        let limit = ServingRateLimit::<T>::get(netuid);
        let waited = Self::now().saturating_sub(previous);
        ensure!(previous == 0 || waited >= limit, Error::<T>::ServingRateLimitExceeded);
        Ok(())
    }
}

/// One byte of the algorithm's number, then the public key; none if there is nothing or too much of it.
fn parse_certificate(bytes: &[u8]) -> Option<NeuronCertificate> {
    let (algorithm, public_key) = bytes.split_first()?;
    let public_key = public_key.to_vec().try_into().ok()?;
    Some(NeuronCertificate { public_key, algorithm: *algorithm })
}

fn is_ip_type(ip_type: u8) -> bool {
    matches!(ip_type, 4 | 6)
}

/// Whether an address can be reached from elsewhere, as far as the chain looks into it.
fn is_public_ip(ip_type: u8, ip: u128) -> bool {
    match ip_type {
        4 => ip != 0 && ip < u128::from(u32::MAX) && ip != LOCALHOST_V4,
        6 => ip != 0 && ip != u128::MAX && ip != LOCALHOST_V6,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_have_an_algorithm_and_a_key_of_at_most_64_bytes() {
        assert_eq!(parse_certificate(&[]), None);
        let only_algorithm = parse_certificate(&[7]).map(|certificate| certificate.public_key.len());
        assert_eq!(only_algorithm, Some(0));
        let longest = parse_certificate(&[1; 65]).map(|certificate| certificate.public_key.len());
        assert_eq!(longest, Some(64));
        assert_eq!(parse_certificate(&[1; 66]), None);
    }

    #[test]
    fn own_and_broadcast_addresses_are_refused() {
        for (ip_type, refused) in
            [(4, 0x7f00_0001), (4, u128::from(u32::MAX)), (4, 1 << 40), (6, 1), (6, u128::MAX)]
        {
            assert!(!is_public_ip(ip_type, refused), "{ip_type} {refused:x}");
        }
        assert!(is_public_ip(4, 0x0808_0808));
        assert!(is_public_ip(6, u128::MAX - 1));
    }
}
