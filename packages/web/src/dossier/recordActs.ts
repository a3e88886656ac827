import { graphql } from '../gql/dossier'
import { useAct } from '../shared/useAct'
import type { RecordKind } from './kinds'

/** What is done to the records of each kind: entered, put right, withdrawn. */
export function useRecordActs() {
  const enter = {
    training: useAct(
      graphql(`
        mutation EnterTraining($enterprise: ID!, $facts: TrainingInput!) {
          trainingEnter(enterprise: $enterprise, facts: $facts) {
            id
          }
        }
      `),
    ),
    equipment: useAct(
      graphql(`
        mutation EnterEquipment($enterprise: ID!, $facts: EquipmentInput!) {
          equipmentEnter(enterprise: $enterprise, facts: $facts) {
            id
          }
        }
      `),
    ),
    certificate: useAct(
      graphql(`
        mutation EnterCertificate($enterprise: ID!, $facts: CertificateInput!, $number: String, $holderName: String) {
          certificateEnter(enterprise: $enterprise, facts: $facts, number: $number, holderName: $holderName) {
            id
          }
        }
      `),
    ),
    drill: useAct(
      graphql(`
        mutation EnterDrill($enterprise: ID!, $facts: DrillInput!) {
          drillEnter(enterprise: $enterprise, facts: $facts) {
            id
          }
        }
      `),
    ),
    accident: useAct(
      graphql(`
        mutation EnterAccident($enterprise: ID!, $facts: AccidentInput!) {
          accidentEnter(enterprise: $enterprise, facts: $facts) {
            id
          }
        }
      `),
    ),
  }
  const correct = {
    training: useAct(
      graphql(`
        mutation CorrectTraining($id: ID!, $version: Int!, $facts: TrainingInput!) {
          trainingCorrect(id: $id, version: $version, facts: $facts) {
            id
            version
          }
        }
      `),
    ),
    equipment: useAct(
      graphql(`
        mutation CorrectEquipment($id: ID!, $version: Int!, $facts: EquipmentInput!) {
          equipmentCorrect(id: $id, version: $version, facts: $facts) {
            id
            version
          }
        }
      `),
    ),
    certificate: useAct(
      graphql(`
        mutation CorrectCertificate($id: ID!, $version: Int!, $facts: CertificateInput!, $number: String, $holderName: String) {
          certificateCorrect(id: $id, version: $version, facts: $facts, number: $number, holderName: $holderName) {
            id
            version
          }
        }
      `),
    ),
    drill: useAct(
      graphql(`
        mutation CorrectDrill($id: ID!, $version: Int!, $facts: DrillInput!) {
          drillCorrect(id: $id, version: $version, facts: $facts) {
            id
            version
          }
        }
      `),
    ),
    accident: useAct(
      graphql(`
        mutation CorrectAccident($id: ID!, $version: Int!, $facts: AccidentInput!) {
          accidentCorrect(id: $id, version: $version, facts: $facts) {
            id
            version
          }
        }
      `),
    ),
  }
  const withdraw = {
    training: useAct(
      graphql(`
        mutation VoidTraining($id: ID!, $version: Int!, $reason: String!) {
          trainingVoid(id: $id, version: $version, reason: $reason) {
            id
          }
        }
      `),
    ),
    equipment: useAct(
      graphql(`
        mutation VoidEquipment($id: ID!, $version: Int!, $reason: String!) {
          equipmentVoid(id: $id, version: $version, reason: $reason) {
            id
          }
        }
      `),
    ),
    certificate: useAct(
      graphql(`
        mutation VoidCertificate($id: ID!, $version: Int!, $reason: String!) {
          certificateVoid(id: $id, version: $version, reason: $reason) {
            id
          }
        }
      `),
    ),
    drill: useAct(
      graphql(`
        mutation VoidDrill($id: ID!, $version: Int!, $reason: String!) {
          drillVoid(id: $id, version: $version, reason: $reason) {
            id
          }
        }
      `),
    ),
    accident: useAct(
      graphql(`
        mutation VoidAccident($id: ID!, $version: Int!, $reason: String!) {
          accidentVoid(id: $id, version: $version, reason: $reason) {
            id
          }
        }
      `),
    ),
  }
  return { enter, correct, withdraw } satisfies Record<string, Record<RecordKind, unknown>>
}
