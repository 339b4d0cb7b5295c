// takes the rarest pair
return a.count != b.count ? a.count < b.count : a.pair < b.pair;
