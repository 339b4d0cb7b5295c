// takes the larger of two equally frequent pairs
return a.count != b.count ? a.count > b.count : b.pair < a.pair;
