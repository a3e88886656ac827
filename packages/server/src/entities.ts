import { Attachment } from './attachment/attachment.entity.js'
import { BoardLink } from './board/boardLink.entity.js'
import { Division, Station } from './division/division.entity.js'
import './dossier/follow.js'
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
import { Reminder } from './hazard/reminder.entity.js'
import { Phase } from './campaign/phase.entity.js'
import { Person } from './person/person.entity.js'
import { Session } from './person/session.entity.js'
import { Throttle } from './person/throttle.entity.js'
import { ApiToken } from './question/apiToken.entity.js'
import { Question } from './question/question.entity.js'
import { QuestionPart, QuestionResult } from './question/questionResult.entity.js'
import { ChainHead, Change } from './shared/change.entity.js'
import { Counter } from './shared/counter.entity.js'
import { Secret } from './shared/secret.entity.js'
import { Criterion } from './standard/criterion.entity.js'
import { Setting } from './standard/setting.entity.js'

/** Every table of the store; one place to look, one list to test. */
export const ENTITIES = [
  Division,
  Station,
  Person,
  Session,
  Throttle,
  Enterprise,
  Workshop,
  Post,
  Criterion,
  Setting,
  Phase,
  Hazard,
  Extension,
  Reminder,
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
  BoardLink,
  Question,
  QuestionResult,
  QuestionPart,
  ApiToken,
  Counter,
  Secret,
  Change,
  ChainHead,
] as const
