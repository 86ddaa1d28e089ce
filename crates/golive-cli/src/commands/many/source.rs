//! The rows of a file, as they are written.

use super::object::Object;
use crate::args::many::{Format, Many};
use crate::suggest::nearest;
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Map, Value};
use serde_saphyr::{Spanned, budget, options};
use std::io::Read;
use std::path::Path;

/// Far above any real file.
const LONGEST: u64 = 64 * 1024 * 1024;

/// A row, as it is written.
#[derive(Debug, PartialEq)]
pub struct Fields {
    /// Where it is: `line 3`, or `row 2` where lines say nothing.
    pub place: String,
    /// Its fields.
    pub values: Map<String, Value>,
}

/// Reads the rows of the file, or of standard input.
pub fn read(args: &Many) -> Result<Vec<Fields>> {
    let name = name(args);
    if args.reads_stdin() {
        if args.service.access_token_stdin {
            bail!("standard input has the bearer token, so that it cannot have the rows too");
        }
        let text = bounded(std::io::stdin()).with_context(|| format!("{name} cannot be read"))?;
        let format = args
            .format
            .context("say how standard input is written: --format yaml, json or csv")?;
        return parse(&text, format).with_context(|| format!("{name} cannot be used"));
    }
    let file = std::fs::File::open(&args.file).with_context(|| missing(&args.file))?;
    let text = bounded(file).with_context(|| format!("{name} cannot be read"))?;
    let format = match args.format {
        Some(format) => format,
        None => by_name(&args.file)?,
    };
    parse(&text, format).with_context(|| format!("{name} cannot be used"))
}

/// The name of the file, for errors.
pub fn name(args: &Many) -> String {
    if args.reads_stdin() {
        "standard input".to_owned()
    } else {
        args.file.display().to_string()
    }
}

fn bounded(input: impl Read) -> Result<String> {
    let mut bytes = Vec::new();
    input.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        bail!("it is longer than {} MiB", LONGEST / 1024 / 1024);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        anyhow!("line {line} is not UTF-8: save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// The message for a file that cannot be opened, with one beside it that may be meant.
fn missing(path: &Path) -> String {
    let shown = path.display();
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let beside = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let beside: Vec<String> = beside
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let wanted = path.file_name().and_then(|name| name.to_str());
    let near = wanted.and_then(|wanted| nearest(wanted, beside.iter().map(String::as_str)));
    match near.filter(|near| !path.exists() && Some(*near) != wanted) {
        Some(near) => format!(
            "the file {shown} cannot be read; did you mean {}?",
            folder.join(near).display()
        ),
        None => format!("the file {shown} cannot be read"),
    }
}

fn by_name(path: &Path) -> Result<Format> {
    let extension = path.extension().and_then(|it| it.to_str());
    match extension.map(str::to_lowercase).as_deref() {
        Some("yaml" | "yml") => Ok(Format::Yaml),
        Some("json") => Ok(Format::Json),
        Some("csv") => Ok(Format::Csv),
        _ => bail!(
            "the name {} does not say how the rows are written: say --format yaml, json or csv",
            path.display()
        ),
    }
}

fn parse(text: &str, format: Format) -> Result<Vec<Fields>> {
    match format {
        Format::Yaml => yaml(text),
        Format::Json => json(text),
        Format::Csv => csv(text),
    }
}

fn yaml(text: &str) -> Result<Vec<Fields>> {
    let options = options! {
        // Several times what tens of thousands of rows need.
        budget: budget! { max_nodes: 4_000_000, max_events: 8_000_000 },
        with_snippet: false,
    };
    type Rows = Option<Vec<Spanned<Map<String, Value>>>>;
    let rows: Rows = serde_saphyr::from_str_with_options(text, options)
        .context("it is not a list of rows in YAML, each with publisher and offer")?;
    let rows = rows.unwrap_or_default().into_iter();
    Ok(rows
        .map(|row| Fields {
            place: format!("line {}", row.referenced.line()),
            values: row.value,
        })
        .collect())
}

fn json(text: &str) -> Result<Vec<Fields>> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Object> = serde_json::from_str(text)
        .context("it is not an array of rows in JSON, each with publisher and offer")?;
    let row = |(index, Object(values))| Fields {
        place: format!("row {}", index + 1),
        values,
    };
    Ok(rows.into_iter().enumerate().map(row).collect())
}

/// A row after all others. Where it is not one of its own, a quote is still open.
const END: &str = "\u{1}end";

/// Cells that are empty count as absent: a table has all columns in all rows.
fn csv(text: &str) -> Result<Vec<Fields>> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let first = text.lines().next().unwrap_or_default();
    // What spreadsheets write where the comma separates decimals.
    let delimiter = if first.contains(';') && !first.contains(',') {
        b';'
    } else {
        b','
    };
    // The reader counts lines at the last byte of their ends.
    let text = format!("{}\n{END}", text.replace("\r\n", "\n"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut rows = Vec::new();
    let mut problem = None;
    let mut last = (1, false);
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, |at| first_line(&text, at));
        last = (line, &record == [END].as_slice());
        if last.1 {
            break;
        }
        if record.len() != names.len() {
            let (cells, columns) = (record.len(), names.len());
            problem.get_or_insert(format!(
                "line {line}: the number of cells is {cells}, and that of columns is {columns}"
            ));
        }
        let cells = names.iter().zip(record.iter());
        let cells = cells.filter(|(_, cell)| !cell.is_empty());
        rows.push(Fields {
            place: format!("line {line}"),
            values: cells
                .map(|(name, cell)| (name.clone(), Value::from(cell)))
                .collect(),
        });
    }
    if let (line, false) = last {
        bail!("line {line}: a quote is opened and not closed");
    }
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            bail!("line 1: there are two columns {name:?}");
        }
    }
    match problem {
        Some(problem) => bail!(problem),
        None => Ok(rows),
    }
}

/// The line of a record. Its position is before the empty lines above it.
fn first_line(text: &str, position: &csv::Position) -> u64 {
    let bytes = usize::try_from(position.byte()).ok();
    let rest = bytes.and_then(|at| text.as_bytes().get(at..));
    let empty = rest.unwrap_or_default().iter();
    let empty = empty.take_while(|byte| **byte == b'\n').count();
    position.line() + u64::try_from(empty).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values(rows: &[Fields]) -> Vec<Value> {
        rows.iter().map(|row| json!(row.values)).collect()
    }

    #[test]
    fn the_three_forms_say_the_same() {
        let forms = [
            (
                Format::Yaml,
                "# ours\n- publisher: contoso\n  offer: a\n- publisher: contoso\n  offer: b\n  notify: x@y.z\n",
                ["line 2", "line 4"],
            ),
            (
                Format::Json,
                r#"[{"publisher":"contoso","offer":"a"},{"publisher":"contoso","offer":"b","notify":"x@y.z"}]"#,
                ["row 1", "row 2"],
            ),
            (
                Format::Csv,
                "publisher,offer,notify\r\ncontoso, a,\r\ncontoso,b,x@y.z\r\n",
                ["line 2", "line 3"],
            ),
            (
                Format::Csv,
                "publisher;offer;notify\ncontoso;a;\n\n\n\"contoso\";b;x@y.z",
                ["line 2", "line 5"],
            ),
        ];
        for (format, text, places) in forms {
            let rows = parse(text, format).unwrap();
            assert_eq!(
                values(&rows),
                [
                    json!({"publisher": "contoso", "offer": "a"}),
                    json!({"publisher": "contoso", "offer": "b", "notify": "x@y.z"}),
                ],
                "{text}"
            );
            let found: Vec<&str> = rows.iter().map(|row| row.place.as_str()).collect();
            assert_eq!(found, places, "{text}");
        }
    }

    #[test]
    fn nothing_is_no_row() {
        for (format, text) in [
            (Format::Yaml, ""),
            (Format::Yaml, "# nothing\n"),
            (Format::Yaml, "[]"),
            (Format::Json, " \n"),
            (Format::Json, "[]"),
            (Format::Csv, ""),
            (Format::Csv, "publisher,offer\n"),
        ] {
            assert_eq!(parse(text, format).unwrap(), [], "{text:?}");
        }
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (format, text, part) in [
            (Format::Yaml, "publisher: contoso", "not a list"),
            (Format::Yaml, "- contoso", "line 1"),
            (Format::Yaml, "- {a: 1, a: 2}", "duplicate"),
            (Format::Json, "{}", "not an array"),
            (Format::Json, "[1]", "line 1"),
            (Format::Json, "[", "EOF"),
            (Format::Json, r#"[{"a": 1, "a": 2}]"#, "two fields"),
            (
                Format::Csv,
                "a,b\n1",
                "line 2: the number of cells is 1, and that of columns is 2",
            ),
            (
                Format::Csv,
                "a\n1\n2,3\n4",
                "line 3: the number of cells is 2, and that of columns is 1",
            ),
            (
                Format::Csv,
                "a,b\n1,\"2\n3,4\n",
                "line 2: a quote is opened",
            ),
            (Format::Csv, "a,\"b\n1,2\n", "line 1: a quote is opened"),
            (Format::Csv, "a,a\n1,2", "two columns"),
        ] {
            let error = format!("{:#}", parse(text, format).unwrap_err());
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
