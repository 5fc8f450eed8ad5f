//! What askers and miners say to each other: a signed request, and an answer with a signed receipt.
//!
//! Both have a form in JSON, in which bytes are texts of `0x` and hexadecimal digits, and a function that says what is
//! wrong with one. A request is for one miner of one subnet of one chain, and its job is used once.

mod answer;
mod request;
pub mod text;
mod voucher;

pub use answer::{Answer, AnswerError, MAX_TRACE, ReceiptText, Signed};
pub use request::{MAX_INPUT, Request, RequestError};
pub use voucher::{Payee, Voucher};
