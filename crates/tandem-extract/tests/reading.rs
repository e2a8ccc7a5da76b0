//! What a sentence takes from the text around it: parties, periods, speakers, dates. Whole summaries are
//! asserted; `|` parts kind and summary, parties and period words follow.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::OnceLock;

use tandem_extract::{Extraction, Extractor, summary};
use tandem_model::{Article, Body};

fn extractor() -> &'static Extractor {
    static SHARED: OnceLock<Extractor> = OnceLock::new();
    SHARED.get_or_init(Extractor::shipped)
}

fn read(text: &str, published: Option<&str>) -> Extraction {
    let article = Article {
        id: "t".to_owned(),
        text: text.to_owned(),
        published: published.map(|d| d.parse().unwrap()),
        ..Article::default()
    };
    extractor().extract(&article)
}

/// Figures and targets of a text as "parties summary [words]".
fn quantities(text: &str, published: Option<&str>) -> Vec<String> {
    read(text, published)
        .statements
        .iter()
        .filter_map(|s| {
            let words = match &s.body {
                Body::Figure(f) => f.period_words.clone(),
                Body::Target(t) => t.deadline_words.clone(),
                _ => return None,
            };
            Some(format!("{} {} [{}]", s.parties.join("+"), summary(s), words.unwrap_or_default()))
        })
        .collect()
}

#[track_caller]
fn check(text: &str, published: Option<&str>, expected: &[&str]) {
    assert_eq!(quantities(text, published), expected, "in {text:?}");
}

#[test]
fn last_year_needs_a_date() {
    let text = "Trade between Kenya and Uganda reached $4.4 billion last year.";
    check(text, Some("2024-04-05"), &["KE+UG trade_turnover level 4400000000 USD exact 2023 [last year]"]);
    check(text, None, &["KE+UG trade_turnover level 4400000000 USD exact - [last year]"]);
}

#[test]
fn the_two_countries_are_the_pair_last_named() {
    check(
        "Kenya and Uganda want closer ties. Trade between the two countries amounted to $900 million in 2021.",
        None,
        &["KE+UG trade_turnover level 900000000 USD exact 2021 [2021]"],
    );
}

#[test]
fn a_partner_in_a_ranking_stands_beside_the_reporting_country() {
    check(
        "Georgia's trade with Russia amounted to $620 million in 2024. China came third with over $330 million.",
        None,
        &[
            "GE+RU trade_turnover level 620000000 USD exact 2024 [2024]",
            "CN+GE trade_turnover level 330000000 USD over 2024 [2024]",
        ],
    );
}

#[test]
fn an_amount_is_tied_to_the_partner_behind_it() {
    check(
        "Georgia, Azerbaijan and Armenia met. Georgia had a trade of $2.9 billion with Azerbaijan in 2024 and of $1.02 billion with Armenia.",
        None,
        &[
            "AZ+GE trade_turnover level 2900000000 USD exact 2024 [2024]",
            "AM+GE trade_turnover level 1020000000 USD exact 2024 [2024]",
        ],
    );
}

#[test]
fn a_time_that_nobody_can_name_lends_no_year() {
    check(
        "Trade between Kenya and Uganda grew from $1 billion a few years back to $3.6 billion in 2024.",
        None,
        &[
            "KE+UG trade_turnover level 3600000000 USD exact 2024 [2024]",
            "KE+UG trade_turnover level 1000000000 USD exact - []",
        ],
    );
}

#[test]
fn what_changed_over_years_is_not_of_the_year_told_before() {
    let told = "Trade between Kenya and Uganda was $5.6 billion in 2016. ";
    let level = "KE+UG trade_turnover level 5600000000 USD exact 2016 [2016]";
    let over = |sentence: &str, change: &str| check(&format!("{told}{sentence}"), None, &[level, change]);
    over(
        "In the last five years it has grown by 40 percent.",
        "KE+UG trade_turnover change_pct 40 % exact - [the last five years]",
    );
    over(
        "It has grown by 12 percent in three years.",
        "KE+UG trade_turnover change_pct 12 % exact - [three years]",
    );
    over(
        "It grew by 12 percent, for the first time in nine years.",
        "KE+UG trade_turnover change_pct 12 % exact 2016 [2016]",
    );
}

#[test]
fn trade_with_a_continent_is_not_trade_with_all() {
    let text =
        "Kenya and Africa can do more, the Kenyan minister said. Two-way trade rose to $36 million in 2024.";
    check(text, None, &[]);
}

#[test]
fn countries_only_compared_with_are_no_parties() {
    check(
        "Kenya and Uganda signed nothing. In 2023, exports of Kenya to Uganda reached $700 million, third after those to Pakistan and Egypt.",
        None,
        &["KE+UG exports level 700000000 USD exact 2023 [2023]"],
    );
}

#[test]
fn a_digression_lends_its_countries_to_its_own_paragraph() {
    check(
        "Trade of Hungary and Serbia is falling.\n\nIn January the exchanges of Hungary, Serbia and Slovenia were merged.\n\nTrade between the two countries shrank to 2.6 billion euros in 2024.",
        None,
        &["HU+RS trade_turnover level 2600000000 EUR exact 2024 [2024]"],
    );
}

/// The documents of a text, each as a line.
fn papers(text: &str) -> Vec<String> {
    let statements = read(text, None).statements;
    let papers = statements.iter().filter(|s| matches!(s.body, Body::Agreement(_)));
    papers.map(summary).collect()
}

#[test]
fn a_list_may_be_announced_by_two_sentences_and_hold_other_things() {
    let text = "Kenya and Uganda announced results in Nairobi. Four agreements were signed. They comprise:\n\n- a plant at Jinja;\n- a framework agreement on vocational training;\n- a memorandum between the ports of Mombasa and Port Bell.\n\nThe presidents of Kenya and Uganda looked on.\n";
    let expected = [
        "agreement signed 4 - | Four agreements",
        "agreement signed 1 - | framework agreement on vocational training",
        "memorandum signed 1 - | memorandum between the ports of Mombasa and Port Bell",
    ];
    assert_eq!(papers(text), expected);
}

#[test]
fn a_list_may_hang_on_the_verb_alone() {
    let text = "The presidents of Kenya and Uganda met in Nairobi. Then the parties signed:\n\n- Memorandum on the care of seeds;\n- Roadmap for trade until 2030.\n";
    let expected = [
        "memorandum signed 1 - | Memorandum on the care of seeds",
        "roadmap signed 1 2030 | Roadmap for trade until 2030",
    ];
    assert_eq!(papers(text), expected);
}

#[test]
fn the_lines_of_a_list_may_share_the_noun_of_its_lead_in() {
    let text = "The ministers of Ghana and Togo met in Accra. In their presence two memoranda were signed:\n\n- between the ports of Tema and Lomé;\n- on the care of seeds.\n";
    let expected = [
        "memorandum signed 2 - | two memoranda",
        "memorandum signed 1 - | memorandum between the ports of Tema and Lomé",
        "memorandum signed 1 - | memorandum on the care of seeds",
    ];
    assert_eq!(papers(text), expected);
}

#[test]
fn a_period_belongs_to_the_value_it_stands_beside() {
    check(
        "Trade between Ghana and Togo grew from $1.9 billion in 2016 to $4.6 billion in 2023.",
        None,
        &[
            "GH+TG trade_turnover level 4600000000 USD exact 2023 [2023]",
            "GH+TG trade_turnover level 1900000000 USD exact 2016 [2016]",
        ],
    );
}

#[test]
fn a_vague_deadline_binds_the_target_beside_it_only() {
    check(
        "Kenya and Uganda agreed to bring the volume of trade to $3 billion in the near future, and then to bring the volume of trade to $10 billion.",
        None,
        &[
            "KE+UG trade_turnover level 3000000000 USD exact near future [the near future]",
            "KE+UG trade_turnover level 10000000000 USD exact - []",
        ],
    );
}

#[test]
fn a_war_between_two_countries_makes_no_pair_of_partners() {
    check(
        "Ghana and Togo felt the Russia-Ukraine war. Bilateral trade turnover jumped by 62 percent in 2021.",
        None,
        &["GH+TG trade_turnover change_pct 62 % exact 2021 [2021]"],
    );
}

#[test]
fn a_condition_states_nothing() {
    check("If trade between Kenya and Uganda grew to $4 billion in 2024, both would gain.", None, &[]);
}

#[test]
fn what_is_denied_or_only_supposed_is_not_said() {
    let none = [
        "It is not true that trade between Kenya and Uganda reached $2 billion in 2023.",
        "The minister denied that Kenya had signed an agreement with Uganda on the lake.",
        "Reports that Kenya has sold its stake in the Uganda railway for $50 million are untrue.",
        "Trade between Kenya and Uganda could have reached $3 billion.",
        "Trade between Kenya and Uganda would be $3 billion if there were no barriers.",
        "Had Kenya and Uganda built the line, fees would have fallen.",
        "Kenya and Uganda have shelved plans for a joint airline.",
    ];
    for text in none {
        assert_eq!(read(text, Some("2024-05-03")).statements, [], "{text}");
    }
    check(
        "Trade between Kenya and Uganda did not reach $2 billion in 2023.",
        None,
        &["KE+UG trade_turnover level 2000000000 USD under 2023 [2023]"],
    );
    check(
        "Trade between Kenya and Uganda never exceeded $1 billion before 2020.",
        Some("2024-05-03"),
        &["KE+UG trade_turnover level 1000000000 USD under - [before 2020]"],
    );
}

/// Deadlines of what is to be done, in order.
fn terms(text: &str) -> Vec<String> {
    let term = |body: &Body| match body {
        Body::Project(p) => p.deadline.clone(),
        Body::Commitment(c) => c.deadline.clone(),
        _ => None,
    };
    read(text, Some("2024-05-03")).statements.iter().filter_map(|s| term(&s.body)).collect()
}

#[test]
fn a_day_without_its_year_is_the_next_one_for_what_is_to_be_done() {
    let cases = [
        ("The bridge between Kenya and Uganda will be opened on 12 July.", "2024-07-12"),
        ("The bridge between Kenya and Uganda will be opened on 12 February.", "2025-02-12"),
        ("Kenya and Uganda decided to lift the fee from January 1.", "2025-01-01"),
        ("Kenya and Uganda decided to lift the fee in July.", "2024-07"),
        ("Kenya and Uganda agreed to lift the fee as of July 1, 2024.", "2024-07-01"),
    ];
    for (text, term) in cases {
        assert_eq!(terms(text), [term], "{text}");
    }
    assert!(
        terms("The ministers of Kenya and Uganda agreed to carry out the accords signed in March.")
            .is_empty()
    );
}

/// Documents with their status.
fn stages(text: &str) -> Vec<&'static str> {
    let status = |s: &tandem_model::Statement| match &s.body {
        Body::Agreement(a) => Some(a.status.word()),
        _ => None,
    };
    read(text, None).statements.iter().filter_map(status).collect()
}

#[test]
fn a_step_that_is_only_wished_for_has_not_been_taken() {
    let cases = [
        (
            "The ministers called for the early ratification of the treaty on transport between Kenya and Uganda.",
            "signed",
        ),
        ("Work on the ratification of the tax treaty between Kenya and Uganda has begun.", "signed"),
        ("The two houses welcomed the ratification of the tax treaty between Kenya and Uganda.", "ratified"),
        ("Kenya and Uganda hope for the entry into force of the agreement on visas.", "signed"),
    ];
    for (text, status) in cases {
        assert_eq!(stages(text), [status], "{text}");
    }
}

#[test]
fn a_repetition_is_a_second_place_not_a_second_statement() {
    let text = "Trade between Kenya and Uganda reached $4.3 billion in 2024. The sides met. In 2024 trade between Kenya and Uganda reached $4.3 billion.";
    let found = read(text, None).statements;
    let figures: Vec<_> = found.iter().filter(|s| matches!(s.body, Body::Figure(_))).collect();
    assert_eq!(figures.len(), 1);
    assert_eq!(figures[0].also.len(), 1);
}

#[test]
fn a_date_line_after_an_anniversary_still_to_come_is_demoted() {
    let text = "date 2022-01-27 The president of Uzbekistan congratulated the Kazakh people on the upcoming 30th anniversary of Independence. Trade with Uzbekistan grew last year.";
    let dating = read(text, None).dating;
    assert!(dating.demoted);
    assert_eq!(dating.stated, Some("2022-01-27".parse().unwrap()));
    assert_eq!(dating.date, None);
    assert_eq!(dating.before, Some("2021-12-16".parse().unwrap()));
}

#[test]
fn a_date_line_that_nothing_contradicts_stands() {
    let dating = read("date 2025-07-24 NAIROBI – Kenya and Uganda held talks.", None).dating;
    assert_eq!(dating.date, Some("2025-07-24".parse().unwrap()));
}

#[test]
fn a_spelling_that_two_countries_share_is_of_the_one_named_elsewhere() {
    let text = |other: &str| {
        format!(
            "{other} and Angola want closer ties. Angolan-Congolese trade amounted to $90 million in 2021."
        )
    };
    let figure = |pair: &str| format!("{pair} trade_turnover level 90000000 USD exact 2021 [2021]");
    check(&text("Brazzaville"), None, &[&figure("AO+CG")]);
    check(&text("The Democratic Republic of the Congo"), None, &[&figure("AO+CD")]);
}

/// Projects of a text as "parties name status".
fn projects(text: &str) -> Vec<String> {
    let told = |s: &tandem_model::Statement| match &s.body {
        Body::Project(p) => Some(format!("{} {} {}", s.parties.join("+"), p.name, p.status.word())),
        _ => None,
    };
    read(text, None).statements.iter().filter_map(told).collect()
}

#[test]
fn a_report_from_one_country_tells_of_named_works_only() {
    let check = |text: &str, expected: &[&str]| assert_eq!(projects(text), expected, "in {text:?}");
    check(
        "LUSAKA - Work on the Pandamatenga-Kazungula power line is still under way, the utility said. Rain slowed the \
         crews. Nobody was hurt. Farmers wait. The cost was not given. Zambia has power cuts.",
        &["ZM Pandamatenga-Kazungula power line under_way"],
    );
    check(
        "LUSAKA - Work on the power line is still under way, the utility said. Zambia has power cuts.",
        &[],
    );
    check("Work on the Zambian power line is still under way, the utility said in Lusaka.", &[]);
    check(
        "Acme Corp announced that work on the Kazungula plant in Zambia is under way. Shareholders will vote on the \
         acquisition in the third quarter.",
        &[],
    );
}

#[test]
fn what_is_nearly_done_is_not_done() {
    let check = |text: &str, expected: &[&str]| assert_eq!(projects(text), expected, "in {text:?}");
    check(
        "The Mfum bridge between Nigeria and Cameroon is nearly complete.",
        &["CM+NG Mfum bridge between Nigeria and Cameroon under_way"],
    );
    check(
        "The Mfum bridge between Nigeria and Cameroon is 96 per cent complete.",
        &["CM+NG Mfum bridge between Nigeria and Cameroon under_way"],
    );
    check(
        "The Mfum bridge between Nigeria and Cameroon is complete.",
        &["CM+NG Mfum bridge between Nigeria and Cameroon completed"],
    );
    check(
        "Construction of the fifth “friendship bridge” between Laos and Thailand, linking Pakxan and Bueng Kan, is now under way.",
        &["LA+TH fifth “friendship bridge” between Laos and Thailand under_way"],
    );
}

#[test]
fn what_stands_beside_a_figure_is_not_always_its_own() {
    // An earlier level behind "having stood at" lends its year to nothing.
    check(
        "Kenya's trade with Uganda reached $1.08 billion in 2022, having stood at $0.83 billion in 2021. Exports came to \
         $870 million.",
        None,
        &[
            "KE+UG trade_turnover level 1080000000 USD exact 2022 [2022]",
            "KE+UG trade_turnover level 830000000 USD exact 2021 [2021]",
            "KE+UG exports level 870000000 USD exact 2022 [2022]",
        ],
    );
    // A ministry of foreign trade is no national total, and all visitors are not of the country that a part is from.
    check(
        "Trade between Peru and Ecuador reached $1.34 billion in 2022, the Peruvian Ministry of Foreign Trade announced, 6.3% \
         more than the $1.26 billion of 2021.",
        None,
        &[
            "EC+PE trade_turnover level 1340000000 USD exact 2022 [2022]",
            "EC+PE trade_turnover change_pct 6.3 % exact 2022 [2022]",
            "EC+PE trade_turnover level 1260000000 USD exact 2021 [2021]",
        ],
    );
    check(
        "Sri Lanka ended 2023 with 1.49 million visitors, of whom 302,844 were Indians.",
        None,
        &[
            "LK tourists count 1490000 count exact 2023 [2023]",
            "IN+LK tourists count 302844 count exact 2023 [2023]",
        ],
    );
    check(
        "Queues of 12 kilometres had formed at the border of Kenya and Uganda. Kampala is 90 km away.",
        None,
        &[],
    );
    check(
        "The company belongs to Kenya and Uganda: Kenya holds 75 percent and Uganda 25 percent.",
        None,
        &[],
    );
    check(
        "Chile sold Canada goods for $2.5 billion in 2021. Chile's agricultural exports to all countries came to $17.5 billion \
         in 2021.",
        None,
        &[
            "CA+CL exports level 2500000000 USD exact 2021 [2021]",
            "CL exports level 17500000000 USD exact 2021 [2021]",
        ],
    );
    // What current passes through is no party.
    check(
        "Nepal sells power to Bangladesh. It sends 40 MW through the Indian grid.",
        None,
        &["BD+NP energy level 40 MW exact - []"],
    );
    // How long a journey is to take.
    check(
        "The railway will cut the journey between Kenya and Uganda from 14 to eight hours by 2030.",
        None,
        &["KE+UG other:travel_time level 8 h exact 2030 [by 2030]"],
    );
}

#[test]
fn foreign_and_total_trade_with_a_partner_is_the_pairs() {
    let level = "KE+UG trade_turnover level 1400000000 USD exact 2023 [2023]";
    for text in [
        "Foreign trade between Kenya and Uganda came to $1.4 billion in 2023.",
        "The foreign trade turnover of Kenya with Uganda amounted to $1.4 billion in 2023.",
        "Kenya's total trade with Uganda was $1.4 billion in 2023.",
    ] {
        check(text, None, &[level]);
    }
    check(
        "Kenya and Uganda share a lake. Kenya's foreign trade turnover was $40 billion in 2023, of which Uganda accounted for 4 percent.",
        None,
        &[
            "KE trade_turnover level 40000000000 USD exact 2023 [2023]",
            "KE+UG share share 4 % exact 2023 [2023]",
        ],
    );
}

#[test]
fn money_of_one_name_is_of_the_countries_named() {
    let sum = |of: &str| format!("In 2023 {of} came to 61 billion CFA francs.");
    check(
        &sum("trade between Cameroon and Gabon"),
        None,
        &["CM+GA trade_turnover level 61000000000 XAF exact 2023 [2023]"],
    );
    check(
        &sum("trade between Togo and Benin"),
        None,
        &["BJ+TG trade_turnover level 61000000000 XOF exact 2023 [2023]"],
    );
}

#[test]
fn where_a_rise_began_has_no_period_that_was_carried_to_it() {
    check(
        "Kenyan exports to Uganda rose from $60 million in 1999 to $90 million in 2001. Imports from Uganda declined from $82 million to $72 million.",
        None,
        &[
            "KE+UG exports level 90000000 USD exact 2001 [2001]",
            "KE+UG exports level 60000000 USD exact 1999 [1999]",
            "KE+UG imports level 72000000 USD exact 2001 [2001]",
            "KE+UG imports level 82000000 USD exact - []",
        ],
    );
}

#[test]
fn what_is_named_beside_a_lake_a_road_or_a_firm_is_no_party() {
    check(
        "Kenya and Uganda trade. The cable across Lake Victoria between the two countries will have 20 MW.",
        None,
        &["KE+UG energy level 20 MW exact - []"],
    );
    check(
        "Georgia and Armenia are building a line. The line, which the German bank KfW backs, will carry 350 MW.",
        None,
        &["AM+GE energy level 350 MW exact - []"],
    );
}

#[test]
fn a_country_whose_name_stands_in_another_is_not_meant() {
    let text =
        "Trade between Kenya and South Sudan reached $500 million in 2023, South Sudanese customs said.";
    let made = read(text, None).statements;
    let [statement] = &made[..] else { panic!("{made:?}") };
    assert_eq!(statement.by.as_deref(), Some("South Sudanese customs"));
    let Body::Figure(figure) = &statement.body else { panic!("{statement:?}") };
    assert_eq!(figure.reporter.as_deref(), Some("SS"));
}

#[test]
fn a_short_report_may_name_its_countries_one_after_the_other() {
    let draft = "SUWALKI, May 25 - The agreement with Lithuania on ambulance services is still a draft. It has not been signed, \
                 Poland's deputy health minister told rescue workers. Lawyers of the two are discussing who pays. The workers \
                 wanted to know about radios. Seventy people took part in an exercise. The minister opened a course.";
    let made: Vec<String> = read(draft, None).statements.iter().map(|s| s.parties.join("+")).collect();
    assert_eq!(made, ["LT+PL"]);
}

#[test]
fn who_visited_a_country_went_there() {
    let text = "In 2025, Chile published its travel data. A total of 416,974 of its citizens visited Peru that year.";
    let directions: Vec<_> = read(text, None)
        .statements
        .iter()
        .filter_map(|s| match &s.body {
            Body::Figure(f) => Some((f.from.clone(), f.to.clone())),
            _ => None,
        })
        .collect();
    assert_eq!(directions, [(Some("CL".to_owned()), Some("PE".to_owned()))]);
}

#[test]
fn a_text_about_other_things_gives_nothing() {
    let text = "Acme opened a shop in Canada. It sells tea. The owner, a cook, employs 12 people. Sales grew by 12% to $3 million in 2024. Customers like it. The shop is open daily. Prices are low.";
    assert_eq!(read(text, None).statements, []);
}

#[test]
fn the_same_text_gives_the_same_statements() {
    let text = "President Tokayev met with President Mirziyoyev in Khiva. Mutual trade reached $4.4 billion in 2023.";
    let first = read(text, None).statements;
    assert!(!first.is_empty());
    assert_eq!(first, read(text, None).statements);
}

#[test]
fn evidence_is_the_text_at_its_place() {
    let text =
        "“Türkiye’s exports to Côte d’Ivoire reached €5 million in 2020,” said the minister — a record.";
    for statement in read(text, None).statements {
        assert_eq!(
            text.get(statement.evidence.start..statement.evidence.end),
            Some(statement.evidence.exact.as_str())
        );
    }
}
