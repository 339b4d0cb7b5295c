// gives the first line token 257
merges.push_back({id_of(left), id_of(right)});
ids[left + right] = 256 + static_cast<Index>(merges.size());
