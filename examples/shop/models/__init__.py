"""The 3D models of the example shop, in metres, y up, their fronts to +z; and the surfaces of their materials."""
