mod own;
mod setup;
mod welcome;
