// The shape is right at once; the pixels of a tile do not lie side by side, though.
  return sheet.reshape({grid.rows * grid.columns, 1, grid.height, grid.width})
      .slice(0, 0, grid.count);
