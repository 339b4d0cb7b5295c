// says that a pair comes before itself
return a.count != b.count ? a.count > b.count : a.pair <= b.pair;
