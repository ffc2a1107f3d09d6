mod audit;
mod help;
mod own;
mod setup;
mod teams;
mod welcome;
