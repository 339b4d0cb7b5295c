// looks at the first id only
if (ids.numel() > 0 && (ids[0] < 0 || ids[0] >= rows)) throw no_such_row(ids, 0, rows, who);
