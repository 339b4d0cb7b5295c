// repeats the rows for the whole batch
return x + (table.slice(0, offset, offset + x.size(-2)).expand(x.shape()).contiguous());
