mod each_fault;
mod hostile;
mod valid;
mod whole;
