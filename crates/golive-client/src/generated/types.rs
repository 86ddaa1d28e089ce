// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! Types of parameters and bodies.
#![allow(missing_docs, clippy::all)]
///The images of a plan for one generation of virtual machines.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct DiskGeneration {
    ///The images of a core virtual machine by version.
    #[serde(
        rename = "microsoft-azure-corevm.vmImagesPublicAzure",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub microsoft_azure_corevm_vm_images_public_azure: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, VmImage>,
    >,
    ///The images by version.
    #[serde(
        rename = "microsoft-azure-virtualmachines.vmImages",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub microsoft_azure_virtualmachines_vm_images: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, VmImage>,
    >,
    ///The id of the generation.
    #[serde(rename = "planId", skip_serializing_if = "::std::option::Option::is_none")]
    pub plan_id: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The body of an error that is JSON. It may as well be HTML or empty.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub enum ErrorBody {
    ErrorEnvelope(ErrorEnvelope),
    Text(Text),
}
impl ::std::convert::From<ErrorEnvelope> for ErrorBody {
    fn from(value: ErrorEnvelope) -> Self {
        Self::ErrorEnvelope(value)
    }
}
impl ::std::convert::From<Text> for ErrorBody {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}
///What went wrong. No list of the codes exists.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ErrorDetail {
    ///A code for programs, for example `InvalidAPIVersion`, `BadRequest`, `Forbidden` or `InternalServerError`.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub code: ::std::option::Option<::std::string::String>,
    ///A text for people.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub message: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///An error in its envelope.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct ErrorEnvelope {
    pub error: ErrorDetail,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///A link, as an object or as a bare URL.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub enum Link {
    LinkObject(LinkObject),
    Text(Text),
}
impl ::std::convert::From<LinkObject> for Link {
    fn from(value: LinkObject) -> Self {
        Self::LinkObject(value)
    }
}
impl ::std::convert::From<Text> for Link {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}
///A link with its text.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct LinkObject {
    ///The text of the link.
    #[serde(
        rename = "displayText",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub display_text: ::std::option::Option<::std::string::String>,
    ///Where it leads.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub uri: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///A message, as an object or as bare text.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub enum Message {
    MessageObject(MessageObject),
    Text(Text),
}
impl ::std::convert::From<MessageObject> for Message {
    fn from(value: MessageObject) -> Self {
        Self::MessageObject(value)
    }
}
impl ::std::convert::From<Text> for Message {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}
///A message with its level and time.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct MessageObject {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub level: ::std::option::Option<::golive_client::MessageLevel>,
    ///The message, in HTML.
    #[serde(
        rename = "messageHtml",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub message_html: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub timestamp: ::std::option::Option<::golive_client::Timestamp>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///An offer, as it is written, read and listed. All fields are optional, because no endpoint has them all, and fields that are not listed here are kept.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Offer {
    #[serde(
        rename = "changedTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub changed_time: ::std::option::Option<::golive_client::Timestamp>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub definition: ::std::option::Option<OfferDefinition>,
    ///The version of the record for `If-Match`.
    #[serde(rename = "eTag", skip_serializing_if = "::std::option::Option::is_none")]
    pub e_tag: ::std::option::Option<::std::string::String>,
    ///The id of the offer.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    ///Undocumented.
    #[serde(
        rename = "isvUpgradeRequest",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub isv_upgrade_request: ::std::option::Option<bool>,
    #[serde(
        rename = "lockStatus",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub lock_status: ::std::option::Option<::golive_client::LockStatus>,
    #[serde(
        rename = "offerTypeId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_type_id: ::std::option::Option<::golive_client::OfferTypeId>,
    ///The versions of the schemas that the definition follows.
    #[serde(
        rename = "offerTypeVersions",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_type_versions: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, i64>,
    >,
    #[serde(
        rename = "pcMigrationStatus",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub pc_migration_status: ::std::option::Option<::golive_client::MigrationStatus>,
    ///The id of the publisher.
    #[serde(
        rename = "publisherId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub publisher_id: ::std::option::Option<::std::string::String>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::golive_client::OfferState>,
    ///The version; the service raises it after each publishing.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub version: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///What is sold. The offer and its plans are open dictionaries with dotted names.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OfferDefinition {
    ///The name that people read.
    #[serde(
        rename = "displayText",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub display_text: ::std::option::Option<::std::string::String>,
    ///The properties of the offer.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub offer: ::std::option::Option<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    >,
    ///The plans.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub plans: ::std::option::Option<::std::vec::Vec<Plan>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The id of an offer. It becomes a path segment, so it is neither empty nor made of dots, and has no slash.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OfferId(::std::string::String);
impl ::std::ops::Deref for OfferId {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<OfferId> for ::std::string::String {
    fn from(value: OfferId) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for OfferId {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 128usize {
            return Err("longer than 128 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
        { ::regress::Regex::new("^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err(
                "doesn't match pattern \"^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$\"".into(),
            );
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for OfferId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for OfferId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for OfferId {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}
///Where an offer stands.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OfferStatus {
    ///Documented as not implemented.
    #[serde(
        rename = "liveLinks",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub live_links: ::std::option::Option<::std::vec::Vec<Link>>,
    ///Messages about the offer.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub messages: ::std::option::Option<::std::vec::Vec<Message>>,
    ///Not returned for migrated offers.
    #[serde(
        rename = "notificationEmails",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub notification_emails: ::std::option::Option<::std::string::String>,
    ///Documented as not implemented.
    #[serde(
        rename = "previewLinks",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub preview_links: ::std::option::Option<::std::vec::Vec<Link>>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::golive_client::OfferState>,
    ///The steps, in order.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub steps: ::std::option::Option<::std::vec::Vec<Step>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///A kind of offers. Nothing of its shape is documented but the id.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OfferType {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::golive_client::OfferTypeId>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The status of an operation. Samples and tables of the documentation name different fields; all are here, and others are kept.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Operation {
    #[serde(
        rename = "cancellationRequestState",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub cancellation_request_state: ::std::option::Option<
        ::golive_client::CancellationRequestState,
    >,
    #[serde(
        rename = "createdDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub created_date_time: ::std::option::Option<::golive_client::Timestamp>,
    ///The error of a failed operation; only in the table. Text or an object.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub error: ::std::option::Option<::serde_json::Value>,
    ///The id of the operation. Only in the table.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "lastActionDateTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub last_action_date_time: ::std::option::Option<::golive_client::Timestamp>,
    ///Where the live offer can be seen.
    #[serde(
        rename = "liveLinks",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub live_links: ::std::option::Option<::std::vec::Vec<Link>>,
    ///Messages about the operation.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub messages: ::std::option::Option<::std::vec::Vec<Message>>,
    ///Not returned for migrated offers.
    #[serde(
        rename = "notificationEmails",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub notification_emails: ::std::option::Option<::std::string::String>,
    ///The version of the offer.
    #[serde(
        rename = "offerVersion",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_version: ::std::option::Option<i64>,
    ///Where the preview can be seen.
    #[serde(
        rename = "previewLinks",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub preview_links: ::std::option::Option<::std::vec::Vec<Link>>,
    ///The number of the publishing.
    #[serde(
        rename = "publishingVersion",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub publishing_version: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::golive_client::OperationState>,
    ///The steps, in order.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub steps: ::std::option::Option<::std::vec::Vec<Step>>,
    #[serde(
        rename = "submissionType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub submission_type: ::std::option::Option<::golive_client::SubmissionType>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The status of an operation, bare or in an array of one element.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(untagged)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub enum OperationDocument {
    Operation(Operation),
    WrappedOperation(WrappedOperation),
}
impl ::std::convert::From<Operation> for OperationDocument {
    fn from(value: Operation) -> Self {
        Self::Operation(value)
    }
}
impl ::std::convert::From<WrappedOperation> for OperationDocument {
    fn from(value: WrappedOperation) -> Self {
        Self::WrappedOperation(value)
    }
}
///The id of an operation. A GUID in every sample; nothing else is promised.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OperationId(::std::string::String);
impl ::std::ops::Deref for OperationId {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<OperationId> for ::std::string::String {
    fn from(value: OperationId) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for OperationId {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 128usize {
            return Err("longer than 128 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
        { ::regress::Regex::new("^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err(
                "doesn't match pattern \"^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$\"".into(),
            );
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for OperationId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for OperationId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for OperationId {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}
///The key of an operation of an offer that was not migrated.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct OperationKey(::std::string::String);
impl ::std::ops::Deref for OperationKey {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<OperationKey> for ::std::string::String {
    fn from(value: OperationKey) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for OperationKey {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 512usize {
            return Err("longer than 512 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
        { ::regress::Regex::new("^(?!\\.{1,2}$)[A-Za-z0-9._~$-]+$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err(
                "doesn't match pattern \"^(?!\\.{1,2}$)[A-Za-z0-9._~$-]+$\"".into(),
            );
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for OperationKey {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for OperationKey {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for OperationKey {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}
///A plan of an offer. Images of virtual machines are in a field whose dotted name depends on the type of the offer, in the plan or in its disk generations.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Plan {
    ///Images for other generations of virtual machines.
    #[serde(
        rename = "diskGenerations",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub disk_generations: ::std::option::Option<::std::vec::Vec<DiskGeneration>>,
    ///The images of a core virtual machine by version.
    #[serde(
        rename = "microsoft-azure-corevm.vmImagesPublicAzure",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub microsoft_azure_corevm_vm_images_public_azure: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, VmImage>,
    >,
    ///The images by version.
    #[serde(
        rename = "microsoft-azure-virtualmachines.vmImages",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub microsoft_azure_virtualmachines_vm_images: ::std::option::Option<
        ::std::collections::BTreeMap<::std::string::String, VmImage>,
    >,
    ///The id of the plan.
    #[serde(rename = "planId", skip_serializing_if = "::std::option::Option::is_none")]
    pub plan_id: ::std::option::Option<::std::string::String>,
    ///Where it is sold.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub regions: ::std::option::Option<::std::vec::Vec<::std::string::String>>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///A publisher.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Publisher {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub definition: ::std::option::Option<PublisherDefinition>,
    ///The id of the publisher.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    ///The version of the record.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub version: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///What a publisher says of itself.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct PublisherDefinition {
    ///The name that people read.
    #[serde(
        rename = "displayText",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub display_text: ::std::option::Option<::std::string::String>,
    ///The categories of offers that the publisher may make.
    #[serde(
        rename = "offerTypeCategories",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_type_categories: ::std::option::Option<
        ::std::vec::Vec<::serde_json::Value>,
    >,
    ///The seller id; a number or a string.
    #[serde(rename = "sellerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub seller_id: ::std::option::Option<::serde_json::Value>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The id of a publisher. It becomes a path segment, so it is neither empty nor made of dots, and has no slash.
#[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct PublisherId(::std::string::String);
impl ::std::ops::Deref for PublisherId {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<PublisherId> for ::std::string::String {
    fn from(value: PublisherId) -> Self {
        value.0
    }
}
impl ::std::str::FromStr for PublisherId {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        if value.chars().count() > 128usize {
            return Err("longer than 128 characters".into());
        }
        if value.chars().count() < 1usize {
            return Err("shorter than 1 characters".into());
        }
        static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
        { ::regress::Regex::new("^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$").unwrap() });
        if PATTERN.find(value).is_none() {
            return Err(
                "doesn't match pattern \"^(?!\\.{1,2}$)[A-Za-z0-9._~-]+$\"".into(),
            );
        }
        Ok(Self(value.to_string()))
    }
}
impl ::std::convert::TryFrom<&str> for PublisherId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for PublisherId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl<'de> ::serde::Deserialize<'de> for PublisherId {
    fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
    where
        D: ::serde::Deserializer<'de>,
    {
        ::std::string::String::deserialize(deserializer)?
            .parse()
            .map_err(|e: self::error::ConversionError| {
                <D::Error as ::serde::de::Error>::custom(e.to_string())
            })
    }
}
///A slot that can be asked for. Closed, because only the caller writes it.
#[derive(
    ::serde::Deserialize,
    ::serde::Serialize,
    Clone,
    Copy,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd
)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub enum SlotId {
    Draft,
    Preview,
    Production,
}
impl ::std::fmt::Display for SlotId {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        match *self {
            Self::Draft => f.write_str("Draft"),
            Self::Preview => f.write_str("Preview"),
            Self::Production => f.write_str("Production"),
        }
    }
}
impl ::std::str::FromStr for SlotId {
    type Err = self::error::ConversionError;
    fn from_str(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        match value {
            "Draft" => Ok(Self::Draft),
            "Preview" => Ok(Self::Preview),
            "Production" => Ok(Self::Production),
            _ => Err("invalid value".into()),
        }
    }
}
impl ::std::convert::TryFrom<&str> for SlotId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: &str,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
impl ::std::convert::TryFrom<::std::string::String> for SlotId {
    type Error = self::error::ConversionError;
    fn try_from(
        value: ::std::string::String,
    ) -> ::std::result::Result<Self, self::error::ConversionError> {
        value.parse()
    }
}
///A step of a publishing.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Step {
    ///What the step does.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub description: ::std::option::Option<::std::string::String>,
    ///How long the step usually takes, for people to read. Absent on the sign-off.
    #[serde(
        rename = "estimatedTimeFrame",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub estimated_time_frame: ::std::option::Option<::std::string::String>,
    ///The id of the step.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    ///Messages about the step.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub messages: ::std::option::Option<::std::vec::Vec<Message>>,
    ///The same, as a table of the documentation spells it.
    #[serde(
        rename = "processPercentage",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub process_percentage: ::std::option::Option<i64>,
    ///Progress, 0 to 100.
    #[serde(
        rename = "progressPercentage",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub progress_percentage: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub status: ::std::option::Option<::golive_client::StepState>,
    ///The name of the step. One client finds the id here.
    #[serde(rename = "stepName", skip_serializing_if = "::std::option::Option::is_none")]
    pub step_name: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///An operation in the list of an offer's operations.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Submission {
    #[serde(
        rename = "changedTime",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub changed_time: ::std::option::Option<::golive_client::Timestamp>,
    ///Metadata of the submission.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub definition: ::std::option::Option<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    >,
    ///The id of the operation.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub id: ::std::option::Option<::std::string::String>,
    ///The offer; a GUID in the documentation's sample.
    #[serde(rename = "offerId", skip_serializing_if = "::std::option::Option::is_none")]
    pub offer_id: ::std::option::Option<::std::string::String>,
    #[serde(
        rename = "offerTypeId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_type_id: ::std::option::Option<::golive_client::OfferTypeId>,
    ///The version of the offer.
    #[serde(
        rename = "offerVersion",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub offer_version: ::std::option::Option<i64>,
    ///The publisher.
    #[serde(
        rename = "publisherId",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub publisher_id: ::std::option::Option<::std::string::String>,
    ///The number of the publishing.
    #[serde(
        rename = "publishingVersion",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub publishing_version: ::std::option::Option<i64>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub slot: ::std::option::Option<::golive_client::Slot>,
    #[serde(
        rename = "submissionState",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub submission_state: ::std::option::Option<::golive_client::SubmissionState>,
    #[serde(
        rename = "submissionType",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub submission_type: ::std::option::Option<::golive_client::SubmissionType>,
    ///The version of the record; larger than 2^53 in the documentation's sample.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub version: ::std::option::Option<i64>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///Whom to notify.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct SubmissionMetadata {
    ///Mail addresses, joined by commas.
    #[serde(
        rename = "notification-emails",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub notification_emails: ::std::option::Option<::std::string::String>,
}
///What goes with a publish, go-live or cancel call.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct SubmissionRequest {
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub metadata: ::std::option::Option<SubmissionMetadata>,
}
///Bare text where an object was expected.
#[derive(
    ::serde::Deserialize,
    ::serde::Serialize,
    Clone,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd
)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct Text(pub ::std::string::String);
impl ::std::ops::Deref for Text {
    type Target = ::std::string::String;
    fn deref(&self) -> &::std::string::String {
        &self.0
    }
}
impl ::std::convert::From<Text> for ::std::string::String {
    fn from(value: Text) -> Self {
        value.0
    }
}
impl ::std::convert::From<::std::string::String> for Text {
    fn from(value: ::std::string::String) -> Self {
        Self(value)
    }
}
impl ::std::fmt::Display for Text {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        self.0.fmt(f)
    }
}
impl ::std::str::FromStr for Text {
    type Err = ::std::convert::Infallible;
    fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
        Ok(Self(value.to_string()))
    }
}
///An image of a virtual machine, in one version.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct VmImage {
    ///The name that people read.
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    pub label: ::std::option::Option<::std::string::String>,
    ///The data disks.
    #[serde(
        rename = "lunVhdDetails",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub lun_vhd_details: ::std::option::Option<::serde_json::Value>,
    ///The name of the image.
    #[serde(
        rename = "mediaName",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub media_name: ::std::option::Option<::std::string::String>,
    ///Where the disk of the operating system is.
    #[serde(rename = "osVhdUrl", skip_serializing_if = "::std::option::Option::is_none")]
    pub os_vhd_url: ::std::option::Option<::std::string::String>,
    ///When it was published, as month/day/year; may be empty.
    #[serde(
        rename = "publishedDate",
        skip_serializing_if = "::std::option::Option::is_none"
    )]
    pub published_date: ::std::option::Option<::std::string::String>,
    #[serde(flatten)]
    pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
}
///The array around the status that the documentation prints.
#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
#[serde(transparent)]
#[cfg_attr(feature = "schemars", derive(::schemars::JsonSchema))]
pub struct WrappedOperation(pub ::std::vec::Vec<Operation>);
impl ::std::ops::Deref for WrappedOperation {
    type Target = ::std::vec::Vec<Operation>;
    fn deref(&self) -> &::std::vec::Vec<Operation> {
        &self.0
    }
}
impl ::std::convert::From<WrappedOperation> for ::std::vec::Vec<Operation> {
    fn from(value: WrappedOperation) -> Self {
        value.0
    }
}
impl ::std::convert::From<::std::vec::Vec<Operation>> for WrappedOperation {
    fn from(value: ::std::vec::Vec<Operation>) -> Self {
        Self(value)
    }
}
/// Error types.
pub mod error {
    /// Error from a `TryFrom` or `FromStr` implementation.
    pub struct ConversionError(::std::borrow::Cow<'static, str>);
    impl ::std::error::Error for ConversionError {}
    impl ::std::fmt::Display for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Display::fmt(&self.0, f)
        }
    }
    impl ::std::fmt::Debug for ConversionError {
        fn fmt(
            &self,
            f: &mut ::std::fmt::Formatter<'_>,
        ) -> Result<(), ::std::fmt::Error> {
            ::std::fmt::Debug::fmt(&self.0, f)
        }
    }
    impl From<&'static str> for ConversionError {
        fn from(value: &'static str) -> Self {
            Self(value.into())
        }
    }
    impl From<String> for ConversionError {
        fn from(value: String) -> Self {
            Self(value.into())
        }
    }
}
