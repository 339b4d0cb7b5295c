// The last row of tiles looks full.
  return sheet.reshape({grid.rows, grid.height, grid.columns, grid.width})
      .permute({0, 2, 1, 3})
      .reshape({grid.rows * grid.columns, 1, grid.height, grid.width});
