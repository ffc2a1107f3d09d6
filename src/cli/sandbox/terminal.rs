//! The conversation in the terminal: lines in, what people see out.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use discord_sandbox::driver::Person;
use discord_sandbox::{Seen, Snowflake};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::mpsc;

use super::line::{self, Line};
use super::passed;
use super::plain::clock;
use super::play::{Came, Place, Play};
use super::screen::{Screen, Style};
use super::stage::Stage;
use super::start::Trouble;
use super::team;

const HELP: &str = "\
A line is what somebody says or does here. You speak for everybody.

  Ann: thanks @Bo for the demo        says it in the channel you are in
  Ann: /kudos give to:Bo message:…    uses a command; “Ann: /” lists them
  Ann: /kudos give value:?            asks for suggestions; value:cu? too
  Ann: click Undo                     presses the latest button of that name
  Ann: choose #wins                   chooses from a menu; a, b for several; … from MENU
  Ann: react 🏆                       on the latest message; … on Bo's message, … on “words”
  Ann: reply ++                       … or: reply to Bo: thanks
  Ann: edit thanks @Chen              changes Ann's latest message
  Ann: delete                         takes it away; unreact 🏆 takes a reaction back
  Ann: menu Give kudos on Bo          … or: on Bo's message
  Ann: fill message: great work       fills in and submits the form that opened
  Ann: look                           shows what Ann sees here
  Ann: say click Undo                 says it, whatever it is

  in #wins · in DM                    goes to a channel, or to the bot's direct messages
  +1 hour · +1 day · to next Monday 09:00
                                      moves the time; what falls due on the way happens
  who · help · quit";

/// Where lines come from.
#[derive(Debug)]
pub(super) enum Input {
    Script { path: PathBuf, lines: Vec<String> },
    Lines(mpsc::UnboundedReceiver<io::Result<String>>),
}

impl Input {
    pub(super) fn script(path: &Path, text: &str) -> Self {
        Self::Script {
            path: path.to_owned(),
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// The lines of stdin, read by a thread of their own: a read cannot be broken off.
    pub(super) fn from_stdin() -> Self {
        let (lines, input) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in io::stdin().lock().lines() {
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        Self::Lines(input)
    }
}

/// The terminal in front of a stage.
#[derive(Debug)]
pub(super) struct Terminal {
    stage: Stage,
    screen: Screen,
    play: Play,
    log: PathBuf,
}

/// What a line came to.
enum Done {
    On,
    Over,
}

impl Terminal {
    pub(super) fn new(stage: Stage, screen: Screen, log: PathBuf) -> Self {
        let start = stage.channel(team::START);
        let place = start.map_or(Place::Dm, Place::Channel);
        Self {
            stage,
            screen,
            play: Play::new(place),
            log,
        }
    }

    /// Plays until the input ends or somebody quits.
    ///
    /// # Errors
    /// A line of a script that cannot be played, or an output that takes no more.
    pub(super) async fn play(&mut self, input: Input) -> Result<(), Trouble> {
        let ended = match input {
            Input::Script { path, lines } => self.play_script(&path, &lines).await,
            Input::Lines(lines) => self.play_lines(lines).await.map_err(Trouble::Output),
        };
        match ended {
            // Whoever read along has gone.
            Err(Trouble::Output(fault)) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            ended => ended,
        }
    }

    async fn play_script(&mut self, path: &Path, lines: &[String]) -> Result<(), Trouble> {
        let mut watch = self.stage.watch();
        for (index, line) in lines.iter().enumerate() {
            if line::read(line) == Ok(Line::Nothing) {
                continue;
            }
            let echo = format!("{}{line}", self.prompt());
            print(&[echo]).map_err(Trouble::Output)?;
            match self.line(line, &mut watch).await.map_err(Trouble::Output)? {
                Ok(Done::On) => {}
                Ok(Done::Over) => return Ok(()),
                Err(why) => {
                    return Err(Trouble::Line {
                        path: path.to_owned(),
                        line: index + 1,
                        why,
                    });
                }
            }
        }
        Ok(())
    }

    async fn play_lines(
        &mut self,
        mut lines: mpsc::UnboundedReceiver<io::Result<String>>,
    ) -> io::Result<()> {
        let mut watch = self.stage.watch();
        let typed = io::stdin().is_terminal();
        self.greet()?;
        loop {
            ask(&self.prompt())?;
            let line = loop {
                tokio::select! {
                    line = lines.recv() => break line,
                    seen = watch.recv() => self.arrives(seen, &mut watch)?,
                }
            };
            let Some(line) = line.transpose()? else {
                print(&[String::new()])?;
                return Ok(());
            };
            if !typed {
                print(std::slice::from_ref(&line))?;
            }
            match self.line(&line, &mut watch).await? {
                Ok(Done::On) => {}
                Ok(Done::Over) => return Ok(()),
                Err(why) => print(&[self.screen.in_style(Style::Trouble, &why)])?,
            }
        }
    }

    /// Says that the end was asked for.
    pub(super) fn break_off(&self) {
        let _unheard = print(&[String::new()]);
    }

    fn greet(&self) -> io::Result<()> {
        print(&[
            format!(
                "This is a demo server with {} people and the real bot. You speak for everybody.",
                self.stage.people().len()
            ),
            "Try “Ann: thanks @Bo for the demo”, or type help.".to_owned(),
            String::new(),
        ])
    }

    fn here(&self) -> Option<Snowflake> {
        match &self.play.place {
            Place::Channel(channel) => Some(channel.id()),
            Place::Dm => None,
        }
    }

    fn prompt(&self) -> String {
        let place = match &self.play.place {
            Place::Channel(channel) => format!("#{}", channel.name()),
            Place::Dm => "DM".to_owned(),
        };
        self.screen.in_style(Style::Faint, &format!("{place}> "))
    }

    /// Prints what came by itself while a line was waited for.
    fn arrives(
        &mut self,
        seen: Result<Seen, RecvError>,
        watch: &mut Receiver<Seen>,
    ) -> io::Result<()> {
        let mut all: Vec<Seen> = seen.into_iter().collect();
        all.extend(drain(watch));
        let lines = self.screen.show(&self.stage, &all, self.here(), None);
        if lines.is_empty() {
            return Ok(());
        }
        print(&[String::new()])?;
        print(&lines)?;
        ask(&self.prompt())
    }

    async fn line(
        &mut self,
        line: &str,
        watch: &mut Receiver<Seen>,
    ) -> io::Result<Result<Done, String>> {
        let read = match line::read(line) {
            Ok(read) => read,
            Err(why) => return Ok(Err(why.to_string())),
        };
        match read {
            Line::Nothing => {}
            Line::Quit => return Ok(Ok(Done::Over)),
            Line::Help => {
                let log = format!("\nThe bot's log is in {}", self.log.display());
                print(&[HELP.to_owned(), log])?;
            }
            Line::Who => print(&self.who())?,
            Line::InDm => self.play.place = Place::Dm,
            Line::InChannel(name) => {
                if let Err(why) = self.play.goes_to(&self.stage, &name) {
                    return Ok(Err(why));
                }
            }
            Line::Time(when) => {
                let by = match when.from(self.stage.now(), self.stage.zone) {
                    Ok(by) => by,
                    Err(why) => return Ok(Err(why.to_string())),
                };
                self.stage.time_passes(by).await;
                let (seen, here) = (drain(watch), self.here());
                print(&passed::show(&mut self.screen, &self.stage, &seen, here))?;
                let now = clock(self.stage.now(), self.stage.zone);
                print(&[format!("It is {now}.")])?;
            }
            Line::Deed(who, deed) => {
                let came = self.play.does(&self.stage, &who, &deed).await;
                self.stage.settles().await;
                let person = self.stage.person(&who);
                self.prints(watch, person.as_ref().map(Person::id))?;
                let name = person.as_ref().map_or("", Person::name);
                let lines = match came {
                    Ok(came) => self.came(name, &came),
                    Err(why) => return Ok(Err(sentence(&why))),
                };
                print(&lines)?;
                print(&[String::new()])?;
            }
        }
        Ok(Ok(Done::On))
    }

    fn prints(&mut self, watch: &mut Receiver<Seen>, by: Option<Snowflake>) -> io::Result<()> {
        let seen = drain(watch);
        let here = self.here();
        print(&self.screen.show(&self.stage, &seen, here, by))
    }

    fn came(&self, who: &str, came: &Came) -> Vec<String> {
        match came {
            Came::Seen => Vec::new(),
            Came::Told(lines) => self.screen.block(&format!("only {who}"), lines),
            Came::Form(form) => self.screen.form(who, form),
            Came::Looked(seen) => {
                let lines = seen
                    .iter()
                    .flat_map(|(place, view)| self.screen.message_at(&self.stage, place, view, ""));
                lines.collect()
            }
        }
    }

    fn who(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for person in self.stage.people() {
            let about = team::about(person.name());
            lines.push(format!("{:8}{about}", person.name()));
        }
        let channels = self.stage.guild.channels();
        let names = channels
            .iter()
            .map(|channel| format!("#{}", channel.name()));
        lines.push(format!(
            "\nChannels: {}",
            names.collect::<Vec<_>>().join(", ")
        ));
        lines
    }
}

/// Everything that was seen since the last look.
fn drain(watch: &mut Receiver<Seen>) -> Vec<Seen> {
    let mut seen = Vec::new();
    loop {
        match watch.try_recv() {
            Ok(one) => seen.push(one),
            // What was missed is too much to read anyway.
            Err(TryRecvError::Lagged(_)) => {}
            Err(TryRecvError::Empty | TryRecvError::Closed) => return seen,
        }
    }
}

/// A reason as a sentence of its own.
fn sentence(why: &str) -> String {
    let mut letters = why.chars();
    let first = letters.next().map(char::to_uppercase);
    let mut sentence: String = first.into_iter().flatten().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?', '\n', ')']) {
        sentence.push('.');
    }
    sentence
}

fn print(lines: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

fn ask(prompt: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "{prompt}")?;
    out.flush()
}
