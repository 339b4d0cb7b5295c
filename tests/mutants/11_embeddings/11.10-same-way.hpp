// turns the gradient further
return {apply(Rope(op.options, op.direction), {g})};
