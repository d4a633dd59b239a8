"""Draws all pictures and drawings of the example shop.

Run it after a change: `.venv/bin/python -m examples.shop.pictures`. It uses no chance and no clock, so it always
draws the same.
"""

from examples.shop.pictures import goods, marks, patterns, products
from examples.shop.pictures.brush import save
from examples.shop.pictures.drawings import draw_all


def main() -> None:
    """Draw everything."""
    for draw in (patterns.waves, patterns.garden, patterns.terrazzo, patterns.hills):
        save(draw.__name__, patterns.WIDTH, patterns.HEIGHT, draw)
    save("lid", 1768, 1200, patterns.lid)
    for draw in (products.mug, products.badge, goods.poster, goods.tote, goods.stickers):
        save(draw.__name__, 1200, 1200, draw)
    save("placeholder", 900, 900, goods.placeholder)
    save("cloth", 800, 960, goods.cloth)
    save("mark", 112, 112, goods.mark)
    save("night", marks.NIGHT_WIDTH, marks.NIGHT_HEIGHT, marks.night)
    draw_all()


main()
