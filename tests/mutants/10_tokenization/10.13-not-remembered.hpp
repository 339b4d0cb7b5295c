// does not name the new tokens
merges.push_back({id_of(left), id_of(right)});
