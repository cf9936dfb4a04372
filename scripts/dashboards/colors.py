"""Grafana's colours, and how well people tell two of them apart.

The names and values are those of `createVisualizationColors` in Grafana's packages/grafana-data/src/themes.
"""

import functools
import itertools
import re

import colorspacious

SHADES = ("super-light-{}", "light-{}", "{}", "semi-dark-{}", "dark-{}")
HUES = {
    "dark": {
        "red": ("#FFA6B0", "#FF7383", "#F2495C", "#E02F44", "#C4162A"),
        "orange": ("#FFCB7D", "#FFB357", "#FF9830", "#FF780A", "#FA6400"),
        "yellow": ("#FFF899", "#FFEE52", "#FADE2A", "#F2CC0C", "#E0B400"),
        "green": ("#C8F2C2", "#96D98D", "#73BF69", "#56A64B", "#37872D"),
        "blue": ("#C0D8FF", "#8AB8FF", "#5794F2", "#3274D9", "#1F60C4"),
        "purple": ("#DEB6F2", "#CA95E5", "#B877D9", "#A352CC", "#8F3BB8"),
    },
    "light": {
        "red": ("#FF7383", "#F2495C", "#E02F44", "#C4162A", "#AD0317"),
        "orange": ("#FFB357", "#FF9830", "#FF780A", "#FA6400", "#E55400"),
        "yellow": ("#FFEE52", "#FADE2A", "#F2CC0C", "#E0B400", "#CC9D00"),
        "green": ("#96D98D", "#73BF69", "#56A64B", "#37872D", "#19730E"),
        "blue": ("#8AB8FF", "#5794F2", "#3274D9", "#1F60C4", "#1250B0"),
        "purple": ("#CA95E5", "#B877D9", "#A352CC", "#8F3BB8", "#7C2EA3"),
    },
}
THEMES = {
    theme: {
        shade.format(hue): value for hue, values in hues.items() for shade, value in zip(SHADES, values, strict=True)
    }
    for theme, hues in HUES.items()
}
NAMES = set(THEMES["dark"]) | {"transparent", "text", "panel-bg"}
# The schemes of heatmaps, of Grafana's public/app/plugins/panel/heatmap/palettes.ts.
SCHEMES = {
    "Spectral", "RdYlGn", "RdYlBu", "Blues", "Greens", "Greys", "Oranges", "Purples", "Reds", "Turbo", "Cividis",
    "Viridis", "Magma", "Inferno", "Plasma", "Warm", "Cool", "Cubehelix", "BuGn", "BuPu", "GnBu", "OrRd", "PuBuGn",
    "PuBu", "PuRd", "RdPu", "YlGnBu", "YlGn", "YlOrBr", "YlOrRd", "Rainbow", "Sinebow", "BrBG", "PRGn", "PiYG", "PuOr",
    "RdBu", "RdGy",
}
# How people see: as most do, and with the two common kinds of colour blindness at their full severity.
SIGHTS = {"all colours": None, "deuteranopia": "deuteranomaly", "protanopia": "protanomaly"}
LEAST = 20  # in CAM02-UCS


def is_known(color: str) -> bool:
    return color in NAMES or re.fullmatch(r"#[0-9a-fA-F]{6}|rgba?\([\d., ]+\)", color) is not None


@functools.cache
def seen(value: str, sight: str) -> tuple:
    rgb = [int(value[index:index + 2], 16) / 255 for index in (1, 3, 5)]
    if kind := SIGHTS[sight]:
        space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
        rgb = [min(max(part, 0), 1) for part in colorspacious.cspace_convert(rgb, space, "sRGB1")]
    return tuple(colorspacious.cspace_convert(rgb, "sRGB1", "CAM02-UCS"))


def distance(one: str, other: str, theme: str, sight: str) -> float:
    places = [seen(THEMES[theme].get(color, color), sight) for color in (one, other)]
    return sum((a - b) ** 2 for a, b in zip(*places, strict=True)) ** 0.5


def distances(meanings: dict) -> list:
    """(least distance, meaning, meaning, theme, sight) of every two colours, the nearest first.

    `meanings`: the colour of each meaning.
    """
    return sorted(
        min(
            (distance(meanings[one], meanings[other], theme, sight), one, other, theme, sight)
            for theme in THEMES
            for sight in SIGHTS
        )
        for one, other in itertools.combinations(meanings, 2)
    )
