import { Assessment, AssessmentAnswer, AssessmentVeto, Deduction } from './assessment/assessment.entity.js'
import { AssessmentStandard, ElementMapping, StandardElement, StandardLevel, StandardVeto } from './assessment/standard.entity.js'
import { Attachment } from './attachment/attachment.entity.js'
import { BoardLink } from './board/boardLink.entity.js'
import { HazardByDay, HazardByStage } from './board/hazardCount.entity.js'
import { BoardMap } from './board/boardMap.entity.js'
import { Campaign } from './campaign/campaign.entity.js'
import { CampaignTask } from './campaign/campaignTask.entity.js'
import { EnterprisePolicy, PolicyGuidance, PolicyStep } from './campaign/enterprisePolicy.entity.js'
import { CampaignExemption } from './campaign/exemption.entity.js'
import { Nomination, Showcase } from './campaign/nomination.entity.js'
import { CardSession, PostCard } from './card/postCard.entity.js'
import { Checklist, ChecklistItem } from './checklist/checklist.entity.js'
import { Template, TemplateItem } from './checklist/template.entity.js'
import { ChecklistUpgrade } from './checklist/upgrade.entity.js'
import { Division, Station } from './division/division.entity.js'
import './dossier/follow.js'
import './doubt/follow.js'
import { Doubt, DoubtSample } from './doubt/doubt.entity.js'
import { Accident } from './dossier/accident.entity.js'
import { Certificate } from './dossier/certificate.entity.js'
import { DossierDocument } from './dossier/document.entity.js'
import { Dossier } from './dossier/dossier.entity.js'
import { Drill } from './dossier/drill.entity.js'
import { Equipment } from './dossier/equipment.entity.js'
import { ExpiryNotice } from './dossier/expiryNotice.entity.js'
import { ExportMapping, ExportPack, ExportPackRow, ReceiptLine } from './dossier/pack.entity.js'
import { DossierRequirement } from './dossier/requirement.entity.js'
import { TrainingRecord } from './dossier/training.entity.js'
import { ZeroReport } from './dossier/zeroReport.entity.js'
import { Enterprise } from './enterprise/enterprise.entity.js'
import { Post, Workshop } from './enterprise/workshop.entity.js'
import { Extension } from './hazard/extension.entity.js'
import { Hazard } from './hazard/hazard.entity.js'
import { CalendarDay, WorkCalendar } from './inspection/calendar.entity.js'
import { Check, CheckResult, Signature } from './inspection/check.entity.js'
import { CheckTask } from './inspection/checkTask.entity.js'
import { Clearance } from './inspection/clearance.entity.js'
import { Routine, Stoppage } from './inspection/routine.entity.js'
import { Letter } from './letter/letter.entity.js'
import { LetterBatch } from './letter/letterBatch.entity.js'
import { LetterCopy } from './letter/letterCopy.entity.js'
import { Phase } from './campaign/phase.entity.js'
import './public/follow.js'
import { PublicContact } from './public/publicContact.entity.js'
import { PublicReport } from './public/publicReport.entity.js'
import { ReleasedIdentity } from './person/external/releasedIdentity.entity.js'
import { Person } from './person/person.entity.js'
import { Session } from './person/session.entity.js'
import { Throttle } from './person/throttle.entity.js'
import { ApiToken } from './question/apiToken.entity.js'
import { Question } from './question/question.entity.js'
import { QuestionPart, QuestionResult } from './question/questionResult.entity.js'
import { Delegation, StandIn } from './remind/delegation.entity.js'
import { Delivery, DeliveryTry } from './remind/delivery.entity.js'
import { ReminderDigest } from './remind/digest.entity.js'
import { Hook } from './remind/hook.entity.js'
import { Reminder } from './remind/reminder.entity.js'
import { ReminderChoice } from './remind/reminderChoice.entity.js'
import { ReminderRead } from './remind/reminderRead.entity.js'
import { Summary } from './report/summary.entity.js'
import { ChosenPractice, SummaryChase, SummaryCorrection, SummaryTarget } from './report/summaryParts.entity.js'
import { FloorArea, FloorMark, FloorPlan } from './risk/floorPlan.entity.js'
import { HazardRisk } from './risk/hazardRisk.entity.js'
import { RiskMeasure } from './risk/riskMeasure.entity.js'
import { RiskPoint } from './risk/riskPoint.entity.js'
import { RiskPreset } from './risk/riskPreset.entity.js'
import { RiskStanding } from './risk/riskStanding.entity.js'
import { ChainHead, Change } from './shared/change.entity.js'
import { Counter } from './shared/counter.entity.js'
import { Job } from './shared/job.entity.js'
import { Secret } from './shared/secret.entity.js'
import { CodeItem, CodeList } from './standard/codeList.entity.js'
import { FiveSAudit, FiveSDimensionScore, FiveSScore } from './site/fiveSAudit.entity.js'
import { FiveSDimension, FiveSItem, FiveSStandard } from './site/fiveSStandard.entity.js'
import { PostEvidence, PostRequirement, PostStanding, SiteStanding } from './site/postStanding.entity.js'
import { RiskNotice } from './site/riskNotice.entity.js'
import { Sign, SignTask } from './site/sign.entity.js'
import { SixHavesCheck, SixHavesCount } from './site/sixHaves.entity.js'
import { Violation } from './site/violation.entity.js'
import { Criterion } from './standard/criterion.entity.js'
import { Norm, NormGram, NormText } from './standard/norm.entity.js'
import { Setting } from './standard/setting.entity.js'
import { FrequencyRule, FrequencyTable } from './visit/frequency.entity.js'
import { Visit, VisitException } from './visit/visit.entity.js'

/** Every table of the store; one place to look, one list to test. */
export const ENTITIES = [
  Division,
  Station,
  Person,
  Session,
  Throttle,
  ReleasedIdentity,
  Job,
  Enterprise,
  Workshop,
  Post,
  Criterion,
  Setting,
  Norm,
  NormText,
  NormGram,
  CodeList,
  CodeItem,
  Campaign,
  Phase,
  CampaignTask,
  Hazard,
  Extension,
  Reminder,
  ReminderRead,
  ReminderChoice,
  ReminderDigest,
  Delegation,
  StandIn,
  Hook,
  Delivery,
  DeliveryTry,
  Template,
  TemplateItem,
  Checklist,
  ChecklistItem,
  ChecklistUpgrade,
  RiskPreset,
  RiskPoint,
  RiskMeasure,
  RiskStanding,
  HazardRisk,
  FloorPlan,
  FloorMark,
  FloorArea,
  WorkCalendar,
  CalendarDay,
  Routine,
  Stoppage,
  CheckTask,
  Check,
  CheckResult,
  Signature,
  Clearance,
  PostCard,
  CardSession,
  FrequencyTable,
  FrequencyRule,
  Visit,
  VisitException,
  CampaignExemption,
  Nomination,
  Showcase,
  EnterprisePolicy,
  PolicyGuidance,
  PolicyStep,
  FiveSStandard,
  FiveSDimension,
  FiveSItem,
  FiveSAudit,
  FiveSDimensionScore,
  FiveSScore,
  Violation,
  SixHavesCheck,
  SixHavesCount,
  Sign,
  RiskNotice,
  SignTask,
  PostRequirement,
  PostEvidence,
  PostStanding,
  SiteStanding,
  Letter,
  LetterCopy,
  LetterBatch,
  AssessmentStandard,
  StandardElement,
  StandardLevel,
  StandardVeto,
  ElementMapping,
  Assessment,
  AssessmentAnswer,
  Deduction,
  AssessmentVeto,
  Attachment,
  DossierRequirement,
  Dossier,
  DossierDocument,
  TrainingRecord,
  Equipment,
  Certificate,
  Drill,
  Accident,
  ZeroReport,
  ExpiryNotice,
  ExportMapping,
  ExportPack,
  ExportPackRow,
  ReceiptLine,
  PublicReport,
  PublicContact,
  Doubt,
  DoubtSample,
  Summary,
  SummaryCorrection,
  SummaryChase,
  ChosenPractice,
  SummaryTarget,
  BoardLink,
  BoardMap,
  Question,
  QuestionResult,
  QuestionPart,
  ApiToken,
  Counter,
  HazardByStage,
  HazardByDay,
  Secret,
  Change,
  ChainHead,
] as const
