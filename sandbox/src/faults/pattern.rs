//! Which requests a fault is for.

/// A method and a path with wildcards.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    method: String,
    path: Vec<String>,
}

impl Pattern {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        let path = path.trim_start_matches("/api/v10");
        Self {
            method: method.to_uppercase(),
            path: path
                .trim_matches('/')
                .split('/')
                .map(str::to_owned)
                .collect(),
        }
    }

    pub(crate) fn matches(&self, method: &str, path: &str) -> bool {
        if self.method != "*" && self.method != method {
            return false;
        }
        let mut segments = path.trim_matches('/').split('/');
        for part in &self.path {
            if part == "**" {
                return true;
            }
            match segments.next() {
                Some(segment) if part == "*" || part == segment => {}
                _ => return false,
            }
        }
        segments.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_one_segment_and_two_are_the_rest() {
        let pattern = Pattern::new("post", "/channels/*/messages");
        assert!(pattern.matches("POST", "/channels/12/messages"));
        assert!(!pattern.matches("GET", "/channels/12/messages"));
        assert!(!pattern.matches("POST", "/channels/12/messages/13"));
        assert!(!pattern.matches("POST", "/channels/12"));
        let rest = Pattern::new("*", "/webhooks/**");
        assert!(rest.matches("PATCH", "/webhooks/1/token/messages/@original"));
        assert!(!rest.matches("PATCH", "/channels/1"));
    }
}
