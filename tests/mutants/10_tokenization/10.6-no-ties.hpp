// leaves ties to chance
return a.count > b.count;
