// leaves out what it does not know
const auto found = ids_.find(std::string(c));
if (found != ids_.end()) ids.push_back(found->second);
