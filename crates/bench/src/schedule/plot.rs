//! A plot with two logarithmic axes, as SVG.

use std::fmt::Write as _;

use crate::report::number;

/// A curve.
pub struct Line {
    name: String,
    color: String,
    /// Lengths of dashes and gaps; none for a solid line.
    dashes: String,
    points: Vec<(f64, f64)>,
}

impl Line {
    /// A curve through points. Dashes tell it from the others where colors do not.
    pub fn new(name: &str, color: &str, dashes: &str, points: Vec<(f64, f64)>) -> Self {
        Self {
            name: name.to_owned(),
            color: color.to_owned(),
            dashes: dashes.to_owned(),
            points,
        }
    }
}

/// What is to be seen.
pub struct Plot {
    /// Above it.
    pub title: String,
    /// Below the axis.
    pub across: String,
    /// Beside the axis.
    pub up: String,
    /// The curves.
    pub lines: Vec<Line>,
    /// Points with a name.
    pub marks: Vec<(String, (f64, f64))>,
    /// The unit of the numbers beside the axis.
    pub unit: String,
    /// In the corner where both are best.
    pub note: String,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 40.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 60.0;

/// An axis from one power of ten to another.
struct Axis {
    from: f64,
    to: f64,
    begins: f64,
    ends: f64,
}

impl Axis {
    fn around(values: impl Iterator<Item = f64>, begins: f64, ends: f64) -> Self {
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.map(f64::log10) {
            (least, most) = (least.min(value), most.max(value));
        }
        Self {
            from: least.floor(),
            to: most.ceil(),
            begins,
            ends,
        }
    }

    fn place(&self, value: f64) -> f64 {
        let part = (value.log10() - self.from) / (self.to - self.from);
        self.begins + part * (self.ends - self.begins)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        (self.from as i32..=self.to as i32).map(|power| 10.0_f64.powi(power))
    }
}

impl Plot {
    /// The picture.
    pub fn svg(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let across = Axis::around(points().map(|it| it.0), LEFT, WIDTH - RIGHT);
        let up = Axis::around(points().map(|it| it.1), HEIGHT - BOTTOM, TOP);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             role=\"img\" aria-label=\"{}\" \
             font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
            self.title
        );
        let middle = (LEFT + WIDTH - RIGHT) / 2.0;
        let half = (TOP + HEIGHT - BOTTOM) / 2.0;
        let _ = writeln!(
            svg,
            "<text x=\"{middle}\" y=\"22\" text-anchor=\"middle\" font-size=\"15\">{}</text>\n\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n\
             <text transform=\"translate(18 {half}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
            self.title,
            HEIGHT - 18.0,
            self.across,
            self.up,
        );
        self.grid(&mut svg, &across, &up);
        for (index, line) in self.lines.iter().enumerate() {
            let stroke = format!(
                "stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"",
                line.color, line.dashes
            );
            let path = line.points.iter();
            let path = path.map(|it| format!("{:.1},{:.1}", across.place(it.0), up.place(it.1)));
            let path: Vec<String> = path.collect();
            let _ = writeln!(
                svg,
                "<polyline fill=\"none\" {stroke} points=\"{}\"/>",
                path.join(" ")
            );
            let (x, y) = (WIDTH - RIGHT - 270.0, TOP + 18.0 + 18.0 * index as f64);
            let _ = writeln!(
                svg,
                "<path {stroke} d=\"M{x} {y}h32\"/><text x=\"{}\" y=\"{}\">{}</text>",
                x + 40.0,
                y + 4.0,
                line.name,
            );
        }
        for (name, point) in &self.marks {
            let (x, y) = (across.place(point.0), up.place(point.1));
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\">{name}</text>",
                // Curves fall, so that there is room on this side of them.
                x + 7.0,
                y - 6.0,
            );
        }
        svg + "</svg>\n"
    }

    fn grid(&self, svg: &mut String, across: &Axis, up: &Axis) {
        let (top, bottom, right) = (TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
        for tick in across.ticks() {
            let x = across.place(tick);
            let _ = writeln!(
                svg,
                "<path stroke=\"#ddd\" d=\"M{x:.1} {top}V{bottom}\"/>\
                 <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                bottom + 16.0,
                number(tick, 0),
            );
        }
        for tick in up.ticks() {
            let y = up.place(tick);
            let _ = writeln!(
                svg,
                "<path stroke=\"#ddd\" d=\"M{LEFT} {y:.1}H{right}\"/>\
                 <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{} {}</text>",
                LEFT - 6.0,
                y + 4.0,
                number(tick, usize::from(tick < 1.0)),
                self.unit,
            );
        }
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"#555\">{}</text>",
            LEFT + 8.0,
            bottom - 8.0,
            self.note,
        );
    }
}
