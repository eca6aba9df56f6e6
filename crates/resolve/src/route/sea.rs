//! Where ships pass: capes, straits and canals, as a small graph, so that a leg by sea is drawn round the land and not across it.
//!
//! It serves the picture only. No flag, no distance and no finding rests on it: a ship may pass elsewhere.

use super::geo::{Point, arc, distance_km};

/// Name, degrees north, degrees east, neighbours.
const NODES: [(&str, f64, f64, &str); 64] = [
    ("baltic", 57.5, 19.5, "gulf_finland skagen"),
    ("gulf_finland", 59.8, 25.5, "baltic"),
    ("skagen", 58.0, 10.5, "baltic north_sea"),
    ("north_sea", 54.0, 3.8, "skagen dover norway"),
    ("norway", 66.0, 8.0, "north_sea north_cape iceland"),
    ("north_cape", 72.0, 26.0, "norway murmansk"),
    ("murmansk", 70.0, 36.0, "north_cape"),
    ("iceland", 60.0, -15.0, "norway newfoundland finisterre"),
    ("dover", 51.0, 1.5, "north_sea ushant"),
    ("ushant", 48.7, -5.7, "dover finisterre newfoundland"),
    ("finisterre", 43.2, -10.0, "ushant st_vincent iceland newfoundland"),
    ("st_vincent", 36.8, -9.5, "finisterre gibraltar canaries azores"),
    ("azores", 35.0, -30.0, "st_vincent newfoundland florida antilles hatteras"),
    ("gibraltar", 35.95, -5.6, "st_vincent alboran"),
    ("alboran", 37.0, 0.0, "gibraltar sicily lions"),
    ("lions", 42.0, 5.5, "alboran sicily"),
    ("sicily", 37.2, 11.2, "alboran lions malta"),
    ("malta", 35.5, 15.5, "sicily crete adriatic libya"),
    ("libya", 33.2, 19.0, "malta"),
    ("adriatic", 40.5, 18.8, "malta"),
    ("crete", 34.4, 24.0, "malta port_said aegean levant"),
    ("aegean", 37.6, 25.0, "crete dardanelles"),
    ("dardanelles", 40.0, 26.1, "aegean marmara"),
    ("marmara", 40.8, 28.6, "dardanelles bosporus"),
    ("bosporus", 41.4, 29.2, "marmara black_sea"),
    ("black_sea", 43.8, 34.5, "bosporus kerch"),
    ("kerch", 45.0, 36.5, "black_sea"),
    ("levant", 34.3, 33.8, "crete port_said"),
    ("port_said", 31.5, 32.4, "crete levant suez"),
    ("suez", 29.7, 32.6, "port_said red_sea"),
    ("red_sea", 20.0, 38.5, "suez bab"),
    ("bab", 12.5, 43.4, "red_sea aden"),
    ("aden", 12.2, 51.5, "bab hormuz_out maldives zanzibar"),
    ("hormuz_out", 23.5, 60.0, "aden hormuz malabar"),
    ("hormuz", 26.3, 56.5, "hormuz_out gulf"),
    ("gulf", 27.5, 51.5, "hormuz"),
    ("malabar", 16.0, 71.5, "hormuz_out maldives"),
    ("maldives", 7.5, 76.5, "aden malabar dondra"),
    ("dondra", 5.6, 80.6, "maldives banda_aceh bengal zanzibar"),
    ("bengal", 16.0, 88.5, "dondra banda_aceh"),
    ("banda_aceh", 6.2, 94.5, "dondra bengal malacca"),
    ("malacca", 3.0, 100.5, "banda_aceh singapore"),
    ("singapore", 1.2, 104.2, "malacca horsburgh"),
    ("horsburgh", 2.5, 105.3, "singapore vanguard java siam"),
    ("siam", 8.5, 102.8, "horsburgh"),
    ("java", -4.5, 107.5, "horsburgh sunda lombok"),
    ("sunda", -6.2, 104.8, "java cocos"),
    ("lombok", -7.0, 116.0, "java timor"),
    ("timor", -10.5, 127.0, "lombok torres fremantle"),
    ("torres", -10.6, 142.0, "timor coral"),
    ("coral", -18.0, 153.5, "torres sydney"),
    ("sydney", -34.5, 152.5, "coral bass hawaii"),
    ("bass", -39.5, 145.0, "sydney fremantle"),
    ("fremantle", -34.5, 114.5, "bass timor cocos good_hope"),
    ("cocos", -12.0, 97.0, "sunda fremantle good_hope zanzibar"),
    ("vanguard", 10.0, 110.5, "horsburgh hong_kong luzon tonkin"),
    ("tonkin", 18.0, 107.8, "vanguard"),
    ("hong_kong", 21.6, 114.8, "vanguard taiwan_strait luzon"),
    ("luzon", 20.3, 120.8, "vanguard hong_kong taiwan_east"),
    ("taiwan_east", 24.0, 123.0, "luzon ningbo_out kyushu hawaii"),
    ("taiwan_strait", 24.6, 119.4, "hong_kong ningbo_out"),
    ("ningbo_out", 29.5, 123.2, "taiwan_strait taiwan_east yellow kyushu jeju"),
    ("yellow", 35.5, 123.2, "ningbo_out shandong jeju"),
    ("shandong", 37.9, 123.3, "yellow bohai korea_bay"),
];

const MORE: [(&str, f64, f64, &str); 26] = [
    ("bohai", 38.6, 120.6, "shandong"),
    ("korea_bay", 38.6, 124.2, "shandong"),
    ("jeju", 33.0, 127.0, "ningbo_out yellow tsushima kyushu"),
    ("tsushima", 34.4, 129.2, "jeju kanmon japan_sea"),
    ("kanmon", 34.1, 130.7, "tsushima inland"),
    ("inland", 34.0, 132.4, "kanmon kii"),
    ("kyushu", 30.8, 130.0, "ningbo_out taiwan_east jeju kii"),
    ("kii", 33.2, 135.6, "kyushu inland boso osaka_bay"),
    ("osaka_bay", 34.3, 135.1, "kii"),
    ("boso", 34.6, 140.4, "kii tsugaru pacific_north hawaii"),
    ("tsugaru", 41.4, 141.0, "boso japan_sea pacific_north"),
    ("japan_sea", 39.5, 133.5, "tsushima tsugaru peter vanino_out"),
    ("peter", 42.4, 132.2, "japan_sea"),
    ("vanino_out", 47.0, 140.8, "japan_sea"),
    ("pacific_north", 47.0, 172.0, "boso tsugaru juan california"),
    ("juan", 48.4, -125.5, "pacific_north california"),
    ("california", 33.7, -119.5, "juan hawaii baja pacific_north"),
    ("hawaii", 21.0, -158.5, "boso california taiwan_east sydney"),
    ("baja", 21.5, -107.5, "california panama_w"),
    ("panama_w", 7.2, -80.0, "baja panama callao"),
    ("panama", 9.4, -79.9, "panama_w caribbean"),
    ("callao", -13.0, -77.8, "panama_w horn"),
    ("caribbean", 17.5, -75.0, "panama yucatan antilles windward"),
    ("yucatan", 22.0, -85.5, "caribbean florida"),
    ("windward", 20.5, -73.8, "caribbean florida"),
    ("florida", 25.5, -79.5, "yucatan windward hatteras azores"),
];

const REST: [(&str, f64, f64, &str); 11] = [
    ("hatteras", 36.0, -73.5, "florida newfoundland azores"),
    ("newfoundland", 44.0, -50.0, "hatteras ushant iceland finisterre azores"),
    ("antilles", 18.2, -61.5, "caribbean azores recife"),
    ("recife", -7.5, -33.5, "antilles rio canaries dakar"),
    ("rio", -24.0, -43.0, "recife plata good_hope"),
    ("plata", -36.0, -54.5, "rio horn"),
    ("horn", -56.5, -67.0, "plata callao"),
    ("canaries", 28.0, -16.5, "st_vincent dakar recife"),
    ("dakar", 14.5, -18.5, "canaries recife guinea"),
    ("guinea", 3.0, 3.0, "dakar good_hope"),
    ("good_hope", -35.5, 18.5, "guinea rio cocos zanzibar fremantle"),
];
const ZANZIBAR: (&str, f64, f64, &str) = ("zanzibar", -8.0, 43.0, "aden dondra cocos good_hope");

fn nodes() -> impl Iterator<Item = &'static (&'static str, f64, f64, &'static str)> {
    NODES.iter().chain(&MORE).chain(&REST).chain(std::iter::once(&ZANZIBAR))
}

/// A line for a ship from one point to another: by the nearest passages where that is not much longer than it needs to be.
#[must_use]
pub fn lane(from: Point, to: Point) -> Vec<Point> {
    const NEAR_KM: f64 = 250.0;
    let direct = distance_km(from, to);
    let all: Vec<_> = nodes().collect();
    let at = |i: usize| all.get(i).map_or((0.0, 0.0), |n| (n.1, n.2));
    let gates = |p: Point| {
        let mut near: Vec<(usize, f64)> = (0..all.len()).map(|i| (i, distance_km(p, at(i)))).collect();
        near.sort_by(|a, b| a.1.total_cmp(&b.1));
        near.truncate(3);
        near.retain(|(_, d)| *d < 2500.0);
        near
    };
    if direct < NEAR_KM {
        return vec![from, to];
    }
    let mut best: Vec<f64> = vec![f64::INFINITY; all.len()];
    let mut before: Vec<Option<usize>> = vec![None; all.len()];
    let mut open: Vec<usize> = Vec::new();
    for (i, d) in gates(from) {
        // The first stretch to a gate that is not the nearest may cross land: it is made dearer.
        if let Some(b) = best.get_mut(i) {
            *b = d * 1.3;
        }
        open.push(i);
    }
    while let Some(place) = (0..open.len()).min_by(|a, b| best_of(&best, &open, *a).total_cmp(&best_of(&best, &open, *b))) {
        let here = open.swap_remove(place);
        let Some((_, _, _, neighbours)) = all.get(here) else { continue };
        for name in neighbours.split(' ') {
            let Some(next) = all.iter().position(|n| n.0 == name) else { continue };
            let through = best.get(here).copied().unwrap_or(f64::INFINITY) + distance_km(at(here), at(next));
            if best.get(next).is_some_and(|b| through < *b) {
                best[next] = through;
                before[next] = Some(here);
                open.push(next);
            }
        }
    }
    let last = gates(to).into_iter().min_by(|a, b| {
        let total = |(i, d): &(usize, f64)| best.get(*i).copied().unwrap_or(f64::INFINITY) + d * 1.3;
        total(a).total_cmp(&total(b))
    });
    let Some((last, _)) = last.filter(|(i, _)| best.get(*i).is_some_and(|b| b.is_finite())) else { return vec![from, to] };
    let mut points = vec![to];
    let mut here = Some(last);
    while let Some(i) = here {
        points.push(at(i));
        here = before.get(i).copied().flatten();
    }
    points.push(from);
    points.reverse();
    let steps = |w: &[Point]| if let [a, b] = w { arc(*a, *b, 1 + (distance_km(*a, *b) / 400.0) as usize) } else { Vec::new() };
    points.windows(2).flat_map(steps).collect()
}

fn best_of(best: &[f64], open: &[usize], place: usize) -> f64 {
    open.get(place).and_then(|i| best.get(*i)).copied().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_passage_leads_both_ways() {
        for (name, _, _, neighbours) in nodes() {
            for other in neighbours.split(' ') {
                let back = nodes().find(|n| n.0 == other).unwrap_or_else(|| panic!("{name}: no passage {other}"));
                assert!(back.3.split(' ').any(|n| n == *name), "{other} does not lead back to {name}");
            }
        }
    }

    #[test]
    fn a_ship_from_rotterdam_to_dalian_passes_suez_and_malacca() {
        let line = lane((51.95, 4.14), (38.92, 121.63));
        let passes = |p: Point| line.iter().any(|q| distance_km(*q, p) < 60.0);
        assert!(passes((29.7, 32.6)) && passes((1.2, 104.2)) && passes((37.9, 123.3)));
        assert!(lane((35.1, 129.04), (42.81, 132.88)).len() > 2);
    }
}
