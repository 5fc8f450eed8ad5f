//! `assay emission`: the supply schedule as a table and as a plot.

use crate::amount::{Amount, format_decimal, parse_tao};
use anyhow::{Context, Result, bail, ensure};
use assay_economics::emission::curve::{TOTAL_SUPPLY, block_emission};
use assay_economics::emission::schedule::{Era, eras};
use comfy_table::{CellAlignment, Table, presets};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Blocks of 12 seconds in a day.
const BLOCKS_PER_DAY: u64 = 7_200;
/// Blocks in a year of 365.25 days.
const BLOCKS_PER_YEAR: u64 = 2_629_800;

const HEADER: [&str; 6] =
    ["halvings", "issuance (TAO)", "TAO a block", "TAO a day", "blocks left", "years left"];

/// Show the supply schedule: what a block mints at which issuance.
///
/// Prints a row for each era between two halvings: how many halvings came before, the issuance in TAO at which it
/// begins (found on the chain's own curve, exact to the rao), what a block and a day of 7,200 blocks mint, and the blocks
/// and years (12 seconds a block) left until the next halving. The same curve holds for the alpha of every subnet.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  assay emission                            the first ten eras
  assay emission --rows 31                  all of them
  assay emission --issuance 10,499,999.5    one row, for this issuance
  assay emission --svg supply.svg           plot issuance over the years as well")]
pub struct Emission {
    /// Show the one row for this issuance, in TAO
    #[arg(long, value_name = "AMOUNT", value_parser = parse_tao)]
    issuance: Option<Amount>,
    /// Also plot issuance over time into this file (SVG), replacing it
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Show, and plot, this many eras
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    rows: u16,
}

impl Emission {
    /// The text to print. Writes the plot if one was asked for.
    ///
    /// # Errors
    /// The plot's file cannot be written.
    pub fn run(&self) -> Result<String> {
        let eras = eras();
        let shown: Vec<Era> = eras.iter().take(usize::from(self.rows)).cloned().collect();
        let issuance = self.issuance.map(Amount::rao);
        let mut text = match issuance {
            Some(issuance) => table(vec![row_at(&eras, issuance)]),
            None => table(shown.iter().map(|era| row(era, era.issuance.start)).collect()),
        };
        if let Some(path) = &self.svg {
            let drawing = plot::issuance_over_time(&shown, issuance)?;
            write_whole(path, &drawing)?;
            text = format!("{text}plot written to {}\n", path.display());
        }
        Ok(text)
    }
}

fn table(rows: Vec<[String; HEADER.len()]>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(HEADER).add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{}\n", table.trim_fmt())
}

/// The row of one issuance, which may lie inside an era or beyond the supply.
fn row_at(eras: &[Era], issuance: u64) -> [String; HEADER.len()] {
    let beyond = Era { halvings: last_halving(eras), issuance: issuance..issuance, emission: 0 };
    let era = eras.iter().find(|era| era.issuance.contains(&issuance)).unwrap_or(&beyond);
    row(era, issuance)
}

fn last_halving(eras: &[Era]) -> u32 {
    eras.last().map_or(0, |era| era.halvings)
}

fn row(era: &Era, issuance: u64) -> [String; HEADER.len()] {
    let emission = block_emission(issuance).unwrap_or(0);
    let blocks = era.blocks_left(issuance);
    [
        era.halvings.to_string(),
        Amount::from_rao(issuance).to_string(),
        Amount::from_rao(emission).to_string(),
        Amount::from_rao(emission.saturating_mul(BLOCKS_PER_DAY)).to_string(),
        blocks.map_or_else(|| "never".to_owned(), |blocks| format_decimal(blocks.into(), 0)),
        blocks.map_or_else(|| "never".to_owned(), years),
    ]
}

/// Years with two decimals, rounded down.
fn years(blocks: u64) -> String {
    format_decimal(u128::from(blocks) * 100 / u128::from(BLOCKS_PER_YEAR), 2)
}

/// Writes a file so that a reader finds the old content or the new, never a part of it.
fn write_whole(path: &Path, content: &str) -> Result<()> {
    ensure!(!path.is_dir(), "{} is a folder: name the file to write", path.display());
    let Some(name) = path.file_name() else { bail!("{} does not name a file", path.display()) };
    let mut temporary_name = name.to_owned();
    temporary_name.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(temporary_name);
    let written = create(&temporary, content).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // What matters is the first error; a temporary file that cannot be removed either changes nothing.
        let _ = fs::remove_file(&temporary);
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn create(path: &Path, content: &str) -> std::io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()
}

/// The only floats of the command: they place points on a picture and decide no amount.
#[allow(clippy::float_arithmetic, clippy::cast_precision_loss)]
mod plot {
    use super::{BLOCKS_PER_YEAR, TOTAL_SUPPLY};
    use anyhow::Result;
    use assay_economics::emission::schedule::Era;
    use plotters::prelude::*;

    const SIZE: (u32, u32) = (960, 540);
    /// Rao in a million TAO.
    const MILLION: f64 = 1e15;

    /// Issuance over the years as SVG, with the halvings marked and a dot at `issuance` rao if one is given.
    pub(super) fn issuance_over_time(eras: &[Era], issuance: Option<u64>) -> Result<String> {
        let line = corners(eras);
        let last_year = line.last().map_or(1.0, |&(year, _)| year);
        let mut drawing = String::new();
        {
            let area = SVGBackend::with_string(&mut drawing, SIZE).into_drawing_area();
            area.fill(&WHITE)?;
            let mut chart = ChartBuilder::on(&area)
                .caption("Issuance of TAO", ("sans-serif", 28))
                .margin(16)
                .x_label_area_size(44)
                .y_label_area_size(56)
                .build_cartesian_2d(0.0..last_year, 0.0..millions(TOTAL_SUPPLY))?;
            chart
                .configure_mesh()
                .light_line_style(TRANSPARENT)
                .x_desc("years, at 12 seconds a block")
                .y_desc("million TAO")
                .label_style(("sans-serif", 18))
                .axis_desc_style(("sans-serif", 20))
                .draw()?;
            chart.draw_series(LineSeries::new(line.iter().copied(), BLUE.stroke_width(2)))?;
            let halvings = line.iter().skip(1);
            chart.draw_series(halvings.map(|&point| Circle::new(point, 3, BLUE.filled())))?;
            let asked_for =
                issuance.and_then(|issuance| Some((year_of(eras, issuance)?, millions(issuance))));
            chart.draw_series(asked_for.map(|point| Circle::new(point, 6, RED.filled())))?;
            area.present()?;
        }
        Ok(drawing)
    }

    /// Year and issuance where each era begins, and where the last one ends.
    fn corners(eras: &[Era]) -> Vec<(f64, f64)> {
        let mut year = 0.0;
        let mut corners = vec![(0.0, 0.0)];
        for era in eras {
            let Some(blocks) = era.blocks_left(era.issuance.start) else {
                break;
            };
            year += years(blocks);
            corners.push((year, millions(era.issuance.end)));
        }
        corners
    }

    /// The year in which the supply reaches `issuance`; none outside the eras plotted.
    fn year_of(eras: &[Era], issuance: u64) -> Option<f64> {
        let position = eras.iter().position(|era| era.issuance.contains(&issuance))?;
        let before: f64 =
            eras.iter().take(position).filter_map(|era| era.blocks_left(era.issuance.start)).map(years).sum();
        let era = eras.get(position)?;
        let blocks = era.blocks_left(era.issuance.start)? - era.blocks_left(issuance)?;
        Some(before + years(blocks))
    }

    fn years(blocks: u64) -> f64 {
        blocks as f64 / BLOCKS_PER_YEAR as f64
    }

    fn millions(rao: u64) -> f64 {
        rao as f64 / MILLION
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(issuance: Option<u64>, svg: Option<PathBuf>) -> Emission {
        Emission { issuance: issuance.map(Amount::from_rao), svg, rows: 3 }
    }

    fn cells(text: &str, line_start: &str) -> Vec<String> {
        let line = text.lines().find(|line| line.trim_start().starts_with(line_start)).unwrap_or_default();
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_table_begins_with_a_tao_a_block_until_half_the_supply() -> Result<()> {
        let text = command(None, None).run()?;
        // 10.5 million blocks are 3.99 years of 2,629,800 blocks.
        assert_eq!(cells(&text, "0 ")[2..], ["1", "7,200", "10,500,000", "3.99"]);
        assert_eq!(cells(&text, "1 ")[1..], ["10,500,000", "0.5", "3,600", "10,500,000", "3.99"]);
        assert_eq!(cells(&text, "3 "), Vec::<String>::new());
        Ok(())
    }

    #[test]
    fn one_issuance_has_one_row() -> Result<()> {
        let text = command(Some(15_749_999_999_999_999), None).run()?;
        assert_eq!(cells(&text, "1 ")[1..], ["15,749,999.999999999", "0.5", "3,600", "1", "0"]);
        Ok(())
    }

    #[test]
    fn nothing_follows_the_supply() -> Result<()> {
        let text = command(Some(u64::MAX), None).run()?;
        assert_eq!(cells(&text, "30 ")[2..], ["0", "0", "never", "never"]);
        Ok(())
    }

    #[test]
    fn plots_into_a_file_and_replaces_it() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("supply.svg");
        fs::write(&path, "old")?;
        command(Some(1_000), Some(path.clone())).run()?;
        let drawing = fs::read_to_string(&path)?;
        assert!(drawing.starts_with("<svg") && drawing.trim_end().ends_with("</svg>"));
        assert!(drawing.contains("million TAO"));
        assert_eq!(fs::read_dir(folder.path())?.count(), 1, "no temporary file is left");
        Ok(())
    }

    #[test]
    fn refuses_a_folder() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let Err(error) = command(None, Some(folder.path().to_owned())).run() else {
            bail!("wrote over a folder")
        };
        assert!(error.to_string().contains("is a folder"), "{error}");
        Ok(())
    }
}
