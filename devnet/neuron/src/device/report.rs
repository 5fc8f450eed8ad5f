//! What graphics cards a machine has and how they are doing, from the driver's management library.

use nvml_wrapper::Nvml;
use nvml_wrapper::enum_wrappers::device::TemperatureSensor;
use nvml_wrapper::error::NvmlError;
use serde::Serialize;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// No driver, or no card: the normal case of most machines. Says which.
    None(String),
    /// The driver's version and its cards.
    Found {
        /// The driver's version.
        driver: String,
        /// The cards.
        cards: Vec<Card>,
    },
}

/// One card. What a card does not tell is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its name.
    pub name: String,
    /// Memory in bytes.
    pub memory: Option<u64>,
    /// Memory in use, in bytes.
    pub memory_used: Option<u64>,
    /// Degrees Celsius.
    pub temperature: Option<u32>,
    /// Milliwatts.
    pub power: Option<u32>,
    /// Percent of the last moment that it computed.
    pub utilisation: Option<u32>,
}

/// Looks for cards.
pub fn report() -> Report {
    let nvml = match Nvml::init() {
        Ok(nvml) => nvml,
        Err(NvmlError::LibloadingError(_)) => {
            return Report::None("no NVIDIA driver on this machine: models run on the processor".to_owned());
        }
        Err(error) => return Report::None(format!("the NVIDIA driver does not answer: {error}")),
    };
    match cards(&nvml) {
        Ok(cards) if cards.is_empty() => Report::None("an NVIDIA driver, but no card".to_owned()),
        Ok(cards) => Report::Found { driver: nvml.sys_driver_version().unwrap_or_default(), cards },
        Err(error) => Report::None(format!("the NVIDIA driver does not answer: {error}")),
    }
}

fn cards(nvml: &Nvml) -> Result<Vec<Card>, NvmlError> {
    let card = |number| {
        let device = nvml.device_by_index(number)?;
        let memory = device.memory_info().ok();
        Ok(Card {
            name: device.name()?,
            memory: memory.as_ref().map(|memory| memory.total),
            memory_used: memory.as_ref().map(|memory| memory.used),
            temperature: device.temperature(TemperatureSensor::Gpu).ok(),
            power: device.power_usage().ok(),
            utilisation: device.utilization_rates().ok().map(|rates| rates.gpu),
        })
    };
    (0..nvml.device_count()?).map(card).collect()
}
