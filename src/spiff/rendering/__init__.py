"""Scene panel to file, pure: the same input gives the same bytes.

svg.py        what the browser shows as well, and as a print file
pdf/          print files: page, images, paths, colours, the objects of the file
dxf/          files for cutters: which lines, flattening, clipping, the file
png/          pictures: drawing with Skia, the file
pictures/     reading what was uploaded: headers, pixels
paths.py      reading the outlines of a scene
drawn.py      what a panel needs to be drawn
job.py        a rendering as a message; `render` does it here and now
processes/    doing it in children that can be killed: `RenderPool`
failures.py   `NotDrawable`, `RenderFailed`
"""
