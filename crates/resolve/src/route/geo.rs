//! Distances on the globe.

/// Mean radius of the earth in kilometres (IUGG).
const RADIUS_KM: f64 = 6371.0;

/// Degrees north and east.
pub type Point = (f64, f64);

/// Great-circle distance in kilometres, by the haversine formula.
#[must_use]
pub fn distance_km(a: Point, b: Point) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (north, east) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = north.sin().powi(2) + lat_a.cos() * lat_b.cos() * east.sin().powi(2);
    2.0 * RADIUS_KM * h.sqrt().min(1.0).asin()
}

/// Points along the great circle, both ends included; at least `steps` of them.
#[must_use]
pub fn arc(a: Point, b: Point, steps: usize) -> Vec<Point> {
    let vector = |(lat, lon): Point| {
        let (lat, lon) = (lat.to_radians(), lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (u, v) = (vector(a), vector(b));
    let angle = distance_km(a, b) / RADIUS_KM;
    if angle < 1e-9 || (std::f64::consts::PI - angle) < 1e-6 {
        return vec![a, b];
    }
    (0..=steps)
        .map(|i| {
            let t = i as f64 / steps as f64;
            let (p, q) = (((1.0 - t) * angle).sin() / angle.sin(), (t * angle).sin() / angle.sin());
            let [x, y, z] = [0, 1, 2].map(|k: usize| p * u.get(k).unwrap_or(&0.0) + q * v.get(k).unwrap_or(&0.0));
            (z.clamp(-1.0, 1.0).asin().to_degrees(), y.atan2(x).to_degrees())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_distances_come_out() {
        // A quarter of the equator, and a degree of latitude.
        assert!((distance_km((0.0, 0.0), (0.0, 90.0)) - 10_007.5).abs() < 1.0);
        assert!((distance_km((50.0, 8.0), (51.0, 8.0)) - 111.2).abs() < 0.1);
        assert!((distance_km((10.0, 179.0), (10.0, -179.0)) - 219.0).abs() < 1.0);
        assert_eq!(distance_km((5.0, 5.0), (5.0, 5.0)), 0.0);
    }

    #[test]
    fn an_arc_starts_and_ends_where_it_should_and_runs_north_of_the_parallel() {
        let points = arc((35.0, 140.0), (37.0, -122.0), 16);
        let (first, last) = (points[0], points[16]);
        assert!((first.0 - 35.0).abs() < 1e-6 && (last.1 + 122.0).abs() < 1e-6);
        assert!(points[8].0 > 45.0);
    }
}
