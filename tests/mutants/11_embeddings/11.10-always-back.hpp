// turns back whatever the direction was
return {apply(Rope(op.options, -1), {g})};
