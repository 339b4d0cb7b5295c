// Goes down the columns of tiles instead of along the rows.
  return sheet.reshape({grid.rows, grid.height, grid.columns, grid.width})
      .permute({2, 0, 1, 3})
      .reshape({grid.rows * grid.columns, 1, grid.height, grid.width})
      .slice(0, 0, grid.count);
