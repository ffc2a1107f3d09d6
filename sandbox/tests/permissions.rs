//! Permissions of members in guilds, channels and threads.

use discord_sandbox::permissions::*;

const GUILD: u64 = 1;
const MANAGER: u64 = 2;
const MUTED: u64 = 3;
const ANN: u64 = 100;
const BASE: u64 = VIEW_CHANNEL | SEND_MESSAGES | SEND_MESSAGES_IN_THREADS | EMBED_LINKS;

const ROLES: [Role; 3] = [
    Role {
        id: GUILD,
        permissions: BASE,
    },
    Role {
        id: MANAGER,
        permissions: MANAGE_GUILD,
    },
    Role {
        id: MUTED,
        permissions: 0,
    },
];

fn ann(roles: &[u64]) -> Member<'_> {
    Member {
        id: ANN,
        is_owner: false,
        roles,
    }
}

fn role(id: u64, allow: u64, deny: u64) -> Overwrite {
    Overwrite {
        id,
        kind: OverwriteKind::Role,
        allow,
        deny,
    }
}

fn member(id: u64, allow: u64, deny: u64) -> Overwrite {
    Overwrite {
        id,
        kind: OverwriteKind::Member,
        allow,
        deny,
    }
}

#[test]
fn roles_add_up_and_everyone_has_the_first() {
    assert_eq!(in_guild(GUILD, &ann(&[]), &ROLES), BASE);
    assert_eq!(
        in_guild(GUILD, &ann(&[MANAGER]), &ROLES),
        BASE | MANAGE_GUILD
    );
    assert_eq!(in_guild(GUILD, &ann(&[999]), &ROLES), BASE);
}

#[test]
fn owners_and_administrators_may_do_everything_whatever_a_channel_says() {
    let denied = [role(GUILD, 0, ALL), member(ANN, 0, ALL)];
    let owner = Member {
        is_owner: true,
        ..ann(&[])
    };
    assert_eq!(in_channel(GUILD, &owner, &ROLES, &denied), ALL);
    let roles = [
        Role {
            id: GUILD,
            permissions: 0,
        },
        Role {
            id: 5,
            permissions: ADMINISTRATOR,
        },
    ];
    assert_eq!(in_channel(GUILD, &ann(&[5]), &roles, &denied), ALL);
}

#[test]
fn overwrites_apply_to_everyone_then_roles_then_the_member() {
    for (overwrites, sends) in [
        (vec![role(GUILD, 0, SEND_MESSAGES)], false),
        (
            vec![
                role(GUILD, 0, SEND_MESSAGES),
                role(MANAGER, SEND_MESSAGES, 0),
            ],
            true,
        ),
        (
            vec![
                role(MANAGER, SEND_MESSAGES, 0),
                role(GUILD, 0, SEND_MESSAGES),
            ],
            true,
        ),
        // One role's allowance outweighs another role's denial.
        (
            vec![
                role(MANAGER, SEND_MESSAGES, 0),
                role(MUTED, 0, SEND_MESSAGES),
            ],
            true,
        ),
        (
            vec![
                role(MANAGER, SEND_MESSAGES, 0),
                member(ANN, 0, SEND_MESSAGES),
            ],
            false,
        ),
        (
            vec![role(MUTED, 0, SEND_MESSAGES), member(ANN, SEND_MESSAGES, 0)],
            true,
        ),
        // Neither another member's overwrite nor one whose id is of the other kind counts.
        (
            vec![
                member(101, 0, SEND_MESSAGES),
                member(MUTED, 0, SEND_MESSAGES),
            ],
            true,
        ),
        (vec![role(ANN, 0, SEND_MESSAGES)], true),
        (vec![role(77, 0, SEND_MESSAGES)], true),
    ] {
        let bits = in_channel(GUILD, &ann(&[MANAGER, MUTED]), &ROLES, &overwrites);
        assert_eq!(bits & SEND_MESSAGES != 0, sends, "{overwrites:?}");
    }
}

#[test]
fn who_does_not_see_a_channel_may_do_nothing_in_it() {
    let hidden = [role(GUILD, 0, VIEW_CHANNEL)];
    assert_eq!(in_channel(GUILD, &ann(&[MANAGER]), &ROLES, &hidden), 0);
    assert_eq!(in_thread(GUILD, &ann(&[MANAGER]), &ROLES, &hidden), 0);
}

#[test]
fn who_may_not_send_may_not_embed_attach_or_ping_either() {
    let roles = [Role {
        id: GUILD,
        permissions: ALL & !ADMINISTRATOR,
    }];
    let silent = [role(GUILD, 0, SEND_MESSAGES)];
    let lost = SEND_MESSAGES | MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS;
    let bits = in_channel(GUILD, &ann(&[]), &roles, &silent);
    assert_eq!(bits, ALL & !ADMINISTRATOR & !lost);
}

#[test]
fn a_thread_asks_for_its_own_permission_to_send() {
    let no_channel = [role(GUILD, 0, SEND_MESSAGES)];
    let bits = in_thread(GUILD, &ann(&[]), &ROLES, &no_channel);
    assert_eq!(bits, BASE);
    let no_thread = [role(GUILD, 0, SEND_MESSAGES_IN_THREADS)];
    let bits = in_thread(GUILD, &ann(&[]), &ROLES, &no_thread);
    assert_eq!(bits, VIEW_CHANNEL);
}

#[test]
fn the_bits_are_those_of_discord() {
    for (name, bit) in [
        ("ADMINISTRATOR", 3),
        ("VIEW_CHANNEL", 10),
        ("MANAGE_ROLES", 28),
        ("USE_APPLICATION_COMMANDS", 31),
        ("MODERATE_MEMBERS", 40),
        ("SEND_POLLS", 49),
    ] {
        assert!(NAMES.contains(&(name, 1 << bit)), "{name}");
    }
    assert_eq!(NAMES.iter().fold(0, |all, (_, bit)| all | bit), ALL);
}
