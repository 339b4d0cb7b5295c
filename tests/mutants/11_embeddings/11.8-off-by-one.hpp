// begins one position too late where there is room
const Index first = std::min(offset + 1, table.size(0) - x.size(-2));
return x + table.slice(0, first, first + x.size(-2));
