//! What comes out of the contract, and how a stale file is found.

use codegen::{
    Contract, ContractError, File, PROJECTS, Project, compare, generate, surface, write,
};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn yaml(project: &Project) -> String {
    std::fs::read_to_string(root().join(project.contract)).unwrap()
}

fn contract() -> Contract {
    Contract::parse(&yaml(&PROJECTS[0])).unwrap()
}

#[test]
fn the_public_surface() {
    insta::assert_snapshot!(surface(&contract()).unwrap());
}

#[test]
fn the_committed_files_are_as_generated() {
    for project in PROJECTS {
        let files = generate(project, &Contract::parse(&yaml(project)).unwrap()).unwrap();
        let differences = compare(&root(), &files).unwrap();
        assert!(
            differences.is_empty(),
            "run `cargo xtask codegen`: {differences:#?}"
        );
    }
}

#[test]
fn the_same_contract_gives_the_same_bytes() {
    let (project, contract) = (&PROJECTS[0], contract());
    assert_eq!(
        generate(project, &contract).unwrap(),
        generate(project, &contract).unwrap()
    );
}

#[test]
fn a_change_of_the_contract_is_a_change_of_the_files() {
    let yaml = yaml(&PROJECTS[0]).replace("/golive:", "/goliveNow:");
    let contract = Contract::parse(&yaml).unwrap();
    let files = generate(&PROJECTS[0], &contract).unwrap();
    let differences = compare(&root(), &files).unwrap();
    assert!(differences.len() >= 3, "{differences:#?}");
    let client = differences
        .iter()
        .find(|it| it.path.ends_with("/client.rs"))
        .unwrap();
    assert!(client.diff.contains("/goliveNow"), "{}", client.diff);
    let listed = surface(&contract).unwrap();
    assert!(listed.contains(
        "endpoint go_live_offer POST /api/publishers/{publisherId}/offers/{offerId}/goliveNow"
    ));
}

#[test]
fn generated_files_say_so_and_how_to_change_them() {
    for file in generate(&PROJECTS[0], &contract()).unwrap() {
        let first = file.text.lines().next().unwrap();
        assert!(
            first.starts_with("// Generated from openapi/cloud-partner-portal.yaml."),
            "{}",
            file.path
        );
        assert!(file.text.contains("cargo xtask codegen"), "{}", file.path);
    }
}

#[test]
fn comparing_changes_nothing_and_writing_mends() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path();
    let file = |name: &str, text: &str| File {
        path: format!("out/{name}"),
        text: text.to_owned(),
    };
    let files = [file("a.rs", "a\n"), file("b.rs", "b\n")];
    assert_eq!(compare(root, &files).unwrap().len(), 2);
    assert!(!root.join("out").exists());
    assert_eq!(write(root, &files).unwrap(), 2);
    assert!(compare(root, &files).unwrap().is_empty());
    assert_eq!(write(root, &files).unwrap(), 0);

    std::fs::write(root.join("out/a.rs"), "edited\n").unwrap();
    std::fs::write(root.join("out/old.rs"), "no longer generated\n").unwrap();
    let differences = compare(root, &files).unwrap();
    let paths: Vec<_> = differences.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["out/a.rs", "out/old.rs"]);
    assert!(
        differences[0].diff.contains("-edited\n+a\n"),
        "{}",
        differences[0].diff
    );
    assert_eq!(
        std::fs::read_to_string(root.join("out/a.rs")).unwrap(),
        "edited\n"
    );
    assert_eq!(write(root, &files).unwrap(), 2);
    assert!(!root.join("out/old.rs").exists());

    // A write that was interrupted within a letter.
    std::fs::write(root.join("out/a.rs"), b"// \xc2").unwrap();
    assert_eq!(compare(root, &files).unwrap()[0].path, "out/a.rs");
    assert_eq!(write(root, &files).unwrap(), 1);
    assert!(compare(root, &files).unwrap().is_empty());
}

#[test]
fn a_broken_contract_says_where() {
    let wrong = |from: &str, to: &str| -> String {
        let yaml = yaml(&PROJECTS[0]);
        assert!(yaml.contains(from), "{from}");
        let error: ContractError = match Contract::parse(&yaml.replacen(from, to, 1)) {
            Err(error) => error,
            Ok(contract) => generate(&PROJECTS[0], &contract).unwrap_err(),
        };
        error.to_string()
    };
    assert!(
        Contract::parse(": [")
            .unwrap_err()
            .to_string()
            .contains("not valid YAML")
    );
    assert!(
        Contract::parse("a: b")
            .unwrap_err()
            .to_string()
            .contains("not an OpenAPI 3.0")
    );
    let error = wrong("#/components/headers/ETag", "#/components/headers/Missing");
    assert!(error.contains("#/components/headers/Missing"), "{error}");
    let error = wrong("operationId: go_live_offer", "x-id: go_live_offer");
    assert!(error.contains("operationId"), "{error}");
    let error = wrong("final-state-via", "final-state-by");
    assert!(error.contains("final-state-via"), "{error}");
    let error = wrong("spellings: [canCancel]", "spellings: []");
    assert!(error.contains("CancellationRequestState"), "{error}");
    let error = wrong("\"429\": {", "\"499\": {");
    assert!(error.contains("499"), "{error}");
    let error = wrong("spellings: [canCancel]", "spellings: [canCancel, true]");
    assert!(error.contains("not a text"), "{error}");
    let error = wrong("{ name: CanCancel,", "{ name: can cancel,");
    assert!(error.contains("\"can cancel\""), "{error}");
    let error = wrong("operationId: go_live_offer", "operationId: \"\"");
    assert!(error.contains("golive: the operationId \"\""), "{error}");
    let error = wrong("operationId: go_live_offer", "operationId: 5");
    let place =
        "paths > /api/publishers/{publisherId}/offers/{offerId}/golive > post > operationId";
    assert!(error.contains(place), "{error}");
    // Two of them: the first is told.
    let error = wrong("type: integer", "type: 5, nullable: 5");
    assert!(error.contains("> schema"), "{error}");
    let error = Contract::parse("openapi: [3.0.3]").unwrap_err().to_string();
    assert!(error.contains("openapi: "), "{error}");
}

#[test]
fn what_progenitor_panics_at_is_an_error_that_says_where() {
    let wrong = |from: &str, to: &str| {
        let yaml = yaml(&PROJECTS[0]);
        assert!(yaml.contains(from), "{from}");
        let contract = Contract::parse(&yaml.replacen(from, to, 1)).unwrap();
        generate(&PROJECTS[0], &contract).unwrap_err().to_string()
    };
    let error = wrong("name: publisherId", "name: publisher");
    assert!(
        error.starts_with("progenitor cannot work with /api/publishers/{publisherId}/offers: "),
        "{error}"
    );
    let error = wrong("version: { type: integer", "version: { type: number5");
    assert_eq!(
        error,
        "progenitor cannot work with components/schemas/Publisher: not yet implemented: invalid type: number5"
    );
}
