// forgets base and offset
return {apply(Rope({}, -op.direction), {g})};
