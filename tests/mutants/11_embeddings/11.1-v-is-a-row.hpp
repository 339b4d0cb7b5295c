// lets V itself through
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] < 0 || ids[i] > rows) throw no_such_row(ids, i, rows, who);
}
