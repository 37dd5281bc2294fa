"""A municipality's colour, moved until it can be read: WCAG 2.2 contrast, computed. Pure."""

import colorsys
import re


HEX = re.compile(r"#[0-9a-fA-F]{6}")
FALLBACK = "#1d5a7a"
# The darkest light ground and the lightest dark ground that text in the colour stands on.
LIGHT_GROUND, DARK_GROUND = "#eaf2f8", "#322711"
ENOUGH = 4.6  # the law says 4.5; rounding must not take it below
STEPS = 200


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(ground: str, colour: str) -> str:
    """Answer the colour, with no more change in lightness than it takes to be read on `ground`."""
    if contrast(colour, ground) >= ENOUGH:
        return colour
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    end = 0.0 if luminance(ground) > 0.18 else 1.0
    for step in range(1, STEPS + 1):
        moved = lightness + (end - lightness) * step / STEPS
        found = _hex(colorsys.hls_to_rgb(hue, moved, saturation))
        if contrast(found, ground) >= ENOUGH:
            return found
    return _hex((end, end, end))


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def theme(colour: str) -> str:
    """Answer the custom properties of the municipality's colour; what is no colour is passed by."""
    brand = colour.lower() if HEX.fullmatch(colour) else FALLBACK
    light, dark = readable_on(LIGHT_GROUND, brand), readable_on(DARK_GROUND, brand)
    return f":root{{--brand:{brand};--brand-light:{light};--brand-dark:{dark}}}"
