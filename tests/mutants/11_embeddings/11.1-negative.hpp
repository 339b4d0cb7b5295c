// counts negative ids from the back, as an axis
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] < -rows || ids[i] >= rows) throw no_such_row(ids, i, rows, who);
}
