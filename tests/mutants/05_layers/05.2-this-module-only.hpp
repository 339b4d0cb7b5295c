// sets the flag where it was called, and nowhere else
module.training = on;
