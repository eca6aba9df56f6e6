"""Writes data/outline.txt from the land polygons of Natural Earth (public domain), as packed in the npm package world-atlas.

Usage: python3 outline.py land-50m.json > ../data/outline.txt
Each line is one ring: the first point as longitude and latitude in hundredths of degrees divided by five, then steps.
"""
import json, sys
from shapely.geometry import Polygon

topo = json.load(open(sys.argv[1]))
scale, translate = topo["transform"]["scale"], topo["transform"]["translate"]

def arc(i):
    x = y = 0
    out = []
    for dx, dy in topo["arcs"][i if i >= 0 else ~i]:
        x, y = x + dx, y + dy
        out.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
    return out if i >= 0 else out[::-1]

def ring(ids):
    out = []
    for i in ids:
        out += arc(i)[1 if out else 0:]
    return out

def unwrapped(points):
    """A ring over the antimeridian goes on beyond 180 degrees instead of jumping."""
    out = points[:1]
    for lon, lat in points[1:]:
        while lon - out[-1][0] > 180:
            lon -= 360
        while lon - out[-1][0] < -180:
            lon += 360
        out.append((lon, lat))
    return out

TOLERANCE, LEAST_AREA, STEP = 0.09, 0.06, 0.05
lines = []
for geometry in topo["objects"]["land"]["geometries"]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        for ids in polygon:
            points = unwrapped(ring(ids))
            if len(points) < 4:
                continue
            shape = Polygon(points)
            if not shape.is_valid:
                shape = shape.buffer(0)
            for part in getattr(shape, "geoms", [shape]):
                if part.area < LEAST_AREA or part.bounds[3] < -60:
                    continue
                simple = part.simplify(TOLERANCE)
                steps, last = [], None
                for lon, lat in list(simple.exterior.coords)[:-1]:
                    here = (round(lon / STEP), round(lat / STEP))
                    if here != last:
                        steps.append(here)
                        last = here
                if len(steps) < 3:
                    continue
                words = [f"{steps[0][0]} {steps[0][1]}"]
                words += [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in zip(steps, steps[1:])]
                lines.append((part.area, " ".join(words)))
lines.sort(key=lambda l: -l[0])
print("\n".join(text for _, text in lines))
