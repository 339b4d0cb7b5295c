// names the number of the character where the byte was asked
const auto found = ids_.find(std::string(c));
if (found == ids_.end()) throw unknown(c, ids.size());
ids.push_back(found->second);
