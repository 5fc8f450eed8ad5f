//! Children, parents and takes (section 09, 3).

pub mod apply;
pub mod relations;
pub mod set;
pub mod take;
