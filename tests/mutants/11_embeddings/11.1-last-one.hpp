// tells the last bad id
Index bad = -1;
for (Index i = 0; i < ids.numel(); ++i) {
  if (ids[i] < 0 || ids[i] >= rows) bad = i;
}
if (bad >= 0) throw no_such_row(ids, bad, rows, who);
