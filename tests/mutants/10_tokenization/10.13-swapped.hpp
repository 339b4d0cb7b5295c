// takes the right token for the left one
merges.push_back({id_of(right), id_of(left)});
ids[left + right] = 255 + static_cast<Index>(merges.size());
