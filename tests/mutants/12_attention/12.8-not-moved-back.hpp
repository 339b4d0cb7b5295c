// Reshapes without moving the heads behind the tokens.
return x.reshape({x.size(0), x.size(2), x.size(1) * x.size(3)});
