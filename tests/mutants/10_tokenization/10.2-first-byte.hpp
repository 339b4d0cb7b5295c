// looks up the first byte of the character only
const auto found = ids_.find(std::string(c.substr(0, 1)));
if (found == ids_.end()) throw unknown(c, at);
ids.push_back(found->second);
